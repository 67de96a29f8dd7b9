const KIB = 2 ** 10;
const METADATA_SIZE = "cf-r2-metadata-size";
const ETAG = '"bench"';
/** Up to here an answer is made once. */
const MOST_KEPT = 64 * KIB;
const PIECE = new Uint8Array(2 ** 20);
const encoder = new TextEncoder();

/**
 * R2 as workerd's binding speaks to it, and what answers for the Cache API, with an object of zeros under every name: how
 * long it is says the last part of the name, such as `small-7`. SIZES: bytes by the name of the size. Every copy is in the
 * cache, and what is put there is not kept.
 * https://github.com/cloudflare/workerd/blob/main/src/workerd/api/r2-rpc.c++, cache.c++
 */
export default {
  async fetch({ method, url, headers, body }, { SIZES }) {
    const asked = headers.get("cf-r2-request");
    if (asked !== null) return fromStore(JSON.parse(asked), SIZES);
    if (method === "GET") return fromCache(decodeURIComponent(new URL(url).pathname), headers.get("Range"), SIZES);
    await body?.cancel();
    return new Response(null, { status: 204 });
  },
};

function fromStore({ method, object, range }, sizes) {
  const size = sizeOf(object, sizes);
  if (size === null) return new Response(null, { status: 404, headers: { "cf-r2-error": NOT_FOUND } });
  const offset = Number(range?.offset ?? 0);
  const length = method === "head" ? 0 : Number(range?.length ?? size - offset);
  const about = metadata(size, range ? { offset, length } : undefined);
  const fields = { [METADATA_SIZE]: String(about.length) };
  return new Response(zeros(about, length), { headers: fields });
}

function fromCache(path, range, sizes) {
  const size = sizeOf(path.replace(/\/\d+$/, ""), sizes);
  if (size === null) return new Response(null, { status: 504 });
  const [, first = "0", last = size - 1] = /^bytes=(\d+)-(\d+)$/.exec(range ?? "") ?? [];
  const length = Number(last) - Number(first) + 1;
  const fields = { "CF-Cache-Status": "HIT", "X-Stored-Head": JSON.stringify({ size, headers: HEADERS }) };
  if (range !== null) fields["Content-Range"] = `bytes ${first}-${last}/${size}`;
  return new Response(zeros(new Uint8Array(), length), { status: range === null ? 200 : 206, headers: fields });
}

const NOT_FOUND = JSON.stringify({ version: 0, v4code: 10007, message: "nothing of this name" });
const HEADERS = {
  ...{ contentType: "video/mp4", contentEncoding: null, contentLanguage: null, contentDisposition: null },
  ...{ cacheControl: null, etag: ETAG, lastModified: null },
};

function sizeOf(name, sizes) {
  const [, size] = /\/([a-z]+)-\d+$/.exec(name) ?? [];
  return sizes[size] ?? null;
}

function metadata(size, range) {
  return encoder.encode(
    JSON.stringify({
      ...{ name: "object", version: "1", size: String(size), etag: "0".repeat(32), uploaded: "1700000000000" },
      ...{ httpFields: { contentType: "video/mp4" }, customFields: [{ k: "etag", v: ETAG }], checksums: {}, range },
    }),
  );
}

/** So many zeros behind a beginning. */
function zeros(beginning, length) {
  if (length <= MOST_KEPT) {
    const bytes = new Uint8Array(beginning.length + length);
    bytes.set(beginning);
    return bytes;
  }
  const { readable, writable } = new FixedLengthStream(beginning.length + length);
  write(writable, beginning, length).catch(() => {});
  return readable;
}

async function write(writable, beginning, length) {
  const writer = writable.getWriter();
  if (beginning.length > 0) await writer.write(beginning);
  for (let left = length; left > 0; left -= PIECE.length)
    await writer.write(PIECE.subarray(0, Math.min(left, PIECE.length)));
  await writer.close();
}
