/** Parts of a multipart upload must be equal, but the last, and at most 10,000: we stay below. */
const MOST_PARTS = 9_000;
/** Large enough to be cheap, small enough that several fills fit an isolate's 128 MB: one part is all a fill holds. */
export const SMALLEST_PART_BYTES = 8 * 2 ** 20;

/** Four fills may share an isolate, each with a part in memory. */
const LARGEST_PART_BYTES = 16 * 2 ** 20;

/** The largest object that one attempt stores, in bytes: about 140 GiB, more than 14 minutes bring. */
export const MAX_OBJECT_BYTES = MOST_PARTS * LARGEST_PART_BYTES;

/** Bytes of each part for an object of `length` bytes. An object of one part is put at once. */
export function partBytes(length: number): number {
  const needed = Math.ceil(length / MOST_PARTS);
  return Math.max(SMALLEST_PART_BYTES, Math.ceil(needed / 2 ** 20) * 2 ** 20);
}
