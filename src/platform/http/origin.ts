import type { Origin, OriginAnswer, OriginFields } from "../../ports/origin.ts";

/**
 * What we send, whoever asks. `identity`: an answer in a coding that only some clients know would be of no use to the
 * others; one that is stored in a coding comes with it all the same.
 */
const HEADERS = { "User-Agent": "snapbyte", "Accept-Encoding": "identity" };

/**
 * Origins over fetch. The URL goes out as it stands, no redirect is followed (it could lead off the allow-list), no cache
 * of ours is asked, and bodies stay as they were sent: workerd would decompress them and leave the length of the
 * compressed bytes. `signal` is the time budget; without an answer it rejects.
 *
 * What workerd makes of a body, held by test/contracts/origin-bodies.workerd.test.ts: one that is shorter than its
 * Content-Length, or chunked and cut, rejects; bytes beyond the Content-Length are dropped unseen; one that the end of the
 * connection frames looks whole wherever it was cut. `Transfer-Encoding: chunked` can be seen, and tells a body without a
 * length that has an end of its own from one that has not.
 */
export function fetchOrigin(): Origin {
  return {
    async open(url, fields, signal) {
      return answerOf(await get(url.text, fields, signal));
    },
    async probe(url, signal) {
      const response = await get(url.text, { range: "bytes=0-0" }, signal);
      // Not read and not cancelled, it would hold one of the six connections that a request may have open.
      await response.body?.cancel().catch(() => {});
      const { status, headers } = response;
      return {
        status,
        contentRange: headers.get("Content-Range"),
        contentLength: headers.get("Content-Length"),
        etag: headers.get("ETag"),
      };
    },
  };
}

async function get(url: string, { range, ifMatch, ifNoneMatch }: OriginFields, signal: AbortSignal): Promise<Response> {
  const headers = new Headers(HEADERS);
  if (range !== undefined) headers.set("Range", range);
  if (ifMatch !== undefined) headers.set("If-Match", ifMatch);
  if (ifNoneMatch !== undefined) headers.set("If-None-Match", ifNoneMatch);
  return await fetch(url, { headers, signal, redirect: "manual", cache: "no-store", encodeResponseBody: "manual" });
}

function answerOf({ status, headers, body }: Response): OriginAnswer {
  return { status, header: (name) => headers.get(name), body };
}
