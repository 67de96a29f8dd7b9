/** Large enough that JavaScript is rarely called, small enough to stay in a core's cache. */
const BUFFER_BYTES = 2 ** 20;
const METADATA_SIZE = "cf-r2-metadata-size";
const decoder = new TextDecoder();

/**
 * R2 as workerd's binding speaks to it, but what is stored is thrown away. A request is JSON of as many bytes as the header
 * says, and after it the bytes of an object or a part. Bodies are read to their end and counted.
 * https://github.com/cloudflare/workerd/blob/main/src/workerd/api/r2-rpc.c++, r2-api.capnp
 */
export default {
  async fetch({ method, headers, body }) {
    if (method !== "PUT") return new Response(null, { status: 404, headers: { "cf-r2-error": NOT_FOUND } });
    const reader = body.getReader({ mode: "byob" });
    const prefix = Number(headers.get(METADATA_SIZE));
    const { value } = await reader.readAtLeast(prefix, new Uint8Array(prefix));
    const asked = JSON.parse(decoder.decode(value));
    switch (asked.method) {
      case "createMultipartUpload":
        return answer({ uploadId: crypto.randomUUID() });
      case "uploadPart":
        await discard(reader, Number(headers.get("content-length")) - prefix);
        return answer({ etag: `part-${asked.partNumber}` });
      case "put":
        return answer(objectOf(asked, await discard(reader, Number(headers.get("content-length")) - prefix)));
      case "completeMultipartUpload":
        return answer(objectOf(asked, 0));
      default:
        return new Response(null);
    }
  },
};

const NOT_FOUND = JSON.stringify({ version: 0, v4code: 10007, message: "nothing is kept here" });

async function discard(reader, length) {
  let buffer = new ArrayBuffer(BUFFER_BYTES);
  let got = 0;
  for (;;) {
    const { value, done } = await reader.readAtLeast(buffer.byteLength, new Uint8Array(buffer));
    got += value?.byteLength ?? 0;
    if (done) break;
    buffer = value.buffer;
  }
  if (got !== length) throw new Error(`${got} of ${length} bytes arrived`);
  return got;
}

function objectOf({ object }, size) {
  return {
    ...{ name: object, version: "1", size: String(size), etag: "0".repeat(32), uploaded: String(Date.now()) },
    ...{ httpFields: {}, customFields: [], checksums: {} },
  };
}

function answer(result) {
  const text = JSON.stringify(result);
  return new Response(text, { headers: { [METADATA_SIZE]: String(text.length) } });
}
