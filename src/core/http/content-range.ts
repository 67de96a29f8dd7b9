/** The bytes that an answer holds, counted from 0, both ends included; `size` of the whole, `null` where it is not told. */
export type ContentRange = { readonly first: number; readonly last: number; readonly size: number | null };
/** The form of a 416: no bytes, and how many there are. */
export type UnsatisfiedRange = { readonly first: null; readonly last: null; readonly size: number };

const FORM = /^bytes +(?:(\d+)-(\d+)|\*)\/(\d+|\*)$/i;

/**
 * Reads a Content-Range field (RFC 9110 section 14.4). `null`: there is none, of another unit, of no valid form, one that
 * contradicts itself, or numbers too large to count with; such an answer holds nobody knows which bytes.
 */
export function parseContentRange(value: string | null): ContentRange | UnsatisfiedRange | null {
  const [match, from, to, of] = FORM.exec(value ?? "") ?? [];
  if (match === undefined) return null;
  const size = of === "*" ? null : Number(of);
  if (size !== null && !Number.isSafeInteger(size)) return null;
  if (from === undefined) return size === null ? null : { first: null, last: null, size };
  const [first, last] = [Number(from), Number(to)];
  if (!Number.isSafeInteger(last) || first > last || (size !== null && last >= size)) return null;
  return { first, last, size };
}
