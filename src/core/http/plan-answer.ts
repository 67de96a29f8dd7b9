import type { ByteRange } from "./byte-range.ts";
import { conditionsOf, failedPrecondition, rangeApplies } from "./conditional.ts";
import { parseHttpDate } from "./http-date.ts";
import { type MultipartRanges, multipartRanges } from "./multipart-ranges.ts";
import { type ObjectHeaders, servedType } from "./object-headers.ts";
import { parseRangeSet } from "./range-set.ts";
import { chooseRepresentation, type Representation } from "./representation.ts";

/** What a client asks of a copy. `headers` as those of a `Request`. */
export type Asked = {
  readonly method: "GET" | "HEAD";
  readonly headers: { get(name: string): string | null };
  /** Accept-Encoding as the client sent it, which what stands before us may have replaced; `null`: it sent none. */
  readonly acceptEncoding: string | null;
};

/** What to answer. With 206 either `range` or `multipart` says which part; HEAD has no body whatever the status. */
export type AnswerPlan = { readonly representation: Representation } & (
  | { readonly status: 200 | 304 | 412 | 416; readonly range: null; readonly multipart: null }
  | { readonly status: 206; readonly range: ByteRange; readonly multipart: null }
  | { readonly status: 206; readonly range: null; readonly multipart: MultipartRanges }
);

/** Conditions that are sent to hear that nothing changed. */
const NEWS_WANTED = ["If-None-Match", "If-Modified-Since"];

/**
 * What of a copy to read first: a range, the whole (`null`), or its head. A guess that saves a read of the head, since
 * it is mostly what the plan then needs; else its body is let go of unread. `size` in bytes; `null`: not known yet.
 */
export function firstRead(
  { method, headers }: Omit<Asked, "acceptEncoding">,
  size: number | null,
): ByteRange | "head" | null {
  if (method === "HEAD" || NEWS_WANTED.some((name) => headers.get(name) !== null)) return "head";
  const field = headers.get("Range");
  if (field === null) return null;
  const ranges = size === null ? "unsatisfiable" : parseRangeSet(field, size);
  if (ranges === null) return null;
  const [range, second] = ranges === "unsatisfiable" ? [] : ranges;
  return range && !second ? range : "head";
}

/**
 * Decides how a copy of this head is answered with: which form of it, whether the preconditions hold (RFC 9110 section
 * 13.2.2), and which part. Range is heeded for GET alone (section 14.2).
 */
export function planAnswer(
  asked: Asked,
  stored: { readonly size: number; readonly headers: ObjectHeaders },
): AnswerPlan {
  const representation = chooseRepresentation(stored, asked.acceptEncoding);
  const { size, headers } = representation;
  const whole = (status: 200 | 304 | 412 | 416) => ({ status, representation, range: null, multipart: null }) as const;
  const conditions = conditionsOf(asked.method, asked.headers);
  const validators = { etag: headers.etag, lastModified: parseHttpDate(headers.lastModified) };
  const failed = failedPrecondition(conditions, validators);
  if (failed) return whole(failed);
  if (size === null || !rangeApplies(conditions, validators)) return whole(200);
  const ranges = parseRangeSet(asked.headers.get("Range"), size);
  if (ranges === null) return whole(200);
  if (ranges === "unsatisfiable") return whole(416);
  const [range, second] = ranges;
  if (range && !second) return { status: 206, representation, range, multipart: null };
  // A Content-Encoding beside it would say that the parts' delimiters are encoded too, and clients would decode them.
  if (headers.contentEncoding !== null) return whole(200);
  const parted = { size, contentType: servedType(headers.contentType), etag: headers.etag };
  return { status: 206, representation, range: null, multipart: multipartRanges(ranges, parted) };
}
