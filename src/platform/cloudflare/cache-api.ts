import type { ByteRange } from "../../core/http/byte-range.ts";
import { parseContentRange } from "../../core/http/content-range.ts";
import type { EdgeCache } from "../../ports/edge-cache.ts";
import type { StoredHead } from "../../ports/object-store.ts";
import { HEAD_FIELD, readHead, writeHead } from "./edge-head.ts";

/** Bytes; of one object. https://developers.cloudflare.com/workers/platform/limits/#cache-api-limits */
export const MAX_CACHED_BYTES = 512_000_000;
/** Seconds. The place may let go earlier, and does when nobody asks. */
const KEPT_FOR_S = 24 * 60 * 60;
/** Characters of one tag, and of the whole field: https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/ */
const MAX_TAG_LENGTH = 1024;
const MAX_TAGS_LENGTH = 16_000;

/** A cache apart from the zone's own, which any `fetch` of a Worker reads; the last digit is the form of what is kept. */
const CACHE_NAME = "copies-1";

/**
 * The Cache API of this place. An object lies there as bytes of no known type and no coding, so that nothing on the way
 * recodes them, and all that is served with them in one field of ours. It rejects when the cache does, and has no time
 * budget. On workers.dev and behind Cloudflare Access it keeps nothing, without saying so.
 * https://developers.cloudflare.com/workers/runtime-apis/cache/
 */
export function cacheApi(open: () => Promise<Cache> = () => caches.open(CACHE_NAME)): EdgeCache {
  return {
    /** The cache cuts ranges by itself. What came back is looked at: a part in the wrong place is a wrong file. */
    async get(name, range) {
      const cache = await open();
      const found = await cache.match(
        new Request(address(name), { headers: range ? { Range: rangeField(range) } : {} }),
      );
      if (!found) return null;
      const head = readHead(found.headers.get(HEAD_FIELD));
      if (head && found.body && holds(found, range, head.size)) return { ...head, body: found.body };
      await found.body?.cancel().catch(() => {});
      return null;
    },

    takes,

    /** A body that breaks off, or is not as long as its head says, leaves nothing behind, and rejects. */
    async put(name, { size, headers, body }, tags) {
      if (!takes({ size })) return await body.cancel();
      const cache = await open();
      const stopped = new AbortController();
      // With its length told the cache can cut ranges, and other puts need not wait for this one.
      const { readable, writable } = new FixedLengthStream(size);
      const read = body.pipeTo(writable, { signal: stopped.signal });
      const tag = tagField(tags);
      const fields = {
        "Content-Type": "application/octet-stream",
        "Cache-Control": `public, max-age=${KEPT_FOR_S}, no-transform`,
        [HEAD_FIELD]: writeHead({ size, headers }),
        ...(tag !== "" && { "Cache-Tag": tag }),
      };
      const kept = cache.put(address(name), new Response(readable, { headers: fields })).catch((error: unknown) => {
        stopped.abort(error);
        throw error;
      });
      const outcomes = await Promise.allSettled([kept, read]);
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (!failed) return;
      await cache.delete(address(name)).catch(() => {});
      throw failed.reason;
    },
  };
}

/** Empty objects are not worth the look. */
function takes({ size }: Pick<StoredHead, "size">): boolean {
  return size > 0 && size <= MAX_CACHED_BYTES;
}

/** A name of ours alone: `.invalid` is nobody's host (RFC 2606). */
function address(name: string): string {
  return `https://copies.invalid/${encodeURIComponent(name)}`;
}

function rangeField({ offset, length }: ByteRange): string {
  return `bytes=${offset}-${offset + length - 1}`;
}

/** Whether the answer is that range of an object of `size` bytes, or the whole of it where that is what was asked. */
function holds({ status, headers }: Response, range: ByteRange | null, size: number): boolean {
  const { offset, length } = range ?? { offset: 0, length: size };
  const told = headers.get("Content-Length");
  if (told !== null && Number(told) !== length) return false;
  if (status === 200) return told !== null && length === size;
  const part = status === 206 ? parseContentRange(headers.get("Content-Range")) : null;
  return part !== null && part.first === offset && part.last === offset + length - 1 && part.size === size;
}

/** As many as fit; those that hold what a tag may not are left out. */
function tagField(tags: readonly string[]): string {
  let field = "";
  for (const tag of tags) {
    if (!/^[!-+\--~]+$/.test(tag) || tag.length > MAX_TAG_LENGTH) continue;
    const longer = field === "" ? tag : `${field},${tag}`;
    if (longer.length <= MAX_TAGS_LENGTH) field = longer;
  }
  return field;
}
