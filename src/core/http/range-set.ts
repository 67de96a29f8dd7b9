import { type ByteRange, parseByteRange } from "./byte-range.ts";

/** Whoever asks for more parts than this gets the whole: each is a read of the store (RFC 9110 section 17.15). */
export const MOST_RANGES = 16;

/**
 * What a Range field asks of `size` bytes, one range or several (RFC 9110 section 14.1.2): at least one, in the order
 * asked, without what cannot be satisfied, and what overlaps or adjoins as one (section 15.3.7.2), so that no byte is
 * sent twice. `null`: answer with the whole; `"unsatisfiable"`: answer 416.
 */
export function parseRangeSet(field: string | null, size: number): readonly ByteRange[] | "unsatisfiable" | null {
  const [, set] = /^bytes[ \t]*=(.*)$/i.exec(field ?? "") ?? [];
  if (set === undefined) return null;
  // Empty elements of a list count for nothing (section 5.6.1.2).
  const specs = set.split(",").filter((spec) => /[^ \t]/.test(spec));
  if (specs.length === 0) return null;
  const asked = specs.map((spec) => parseByteRange(`bytes=${spec}`, size));
  if (asked.includes(null)) return null;
  const ranges = asked.filter((range) => range !== null && range !== "unsatisfiable");
  if (ranges.length === 0) return "unsatisfiable";
  if (ranges.length === 1) return ranges;
  const parts = ranges.length > MOST_RANGES ? [] : coalesced(ranges);
  return parts.length === 0 || parts[0]?.length === size ? null : parts;
}

/** What became one stands where the first of its ranges was asked; one that lies inside another has no say in it. */
function coalesced(ranges: readonly ByteRange[]): readonly ByteRange[] {
  const parts: { place: number; offset: number; end: number }[] = [];
  const all = ranges.map(({ offset, length }, place) => ({ place, offset, end: offset + length }));
  for (const range of all.sort((a, b) => a.offset - b.offset)) {
    const before = parts.at(-1);
    if (before === undefined || range.offset > before.end) parts.push(range);
    else if (range.end > before.end) {
      before.end = range.end;
      before.place = Math.min(before.place, range.place);
    }
  }
  return parts.sort((a, b) => a.place - b.place).map(({ offset, end }) => ({ offset, length: end - offset }));
}
