import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ByteRange } from "../../../src/core/http/byte-range.ts";
import { MOST_RANGES, parseRangeSet } from "../../../src/core/http/range-set.ts";

/** One element of a set: first and last, first alone, or the length of a suffix. */
const spec = fc.oneof(
  fc.tuple(fc.nat(120), fc.nat(60)).map(([first, more]) => `${first}-${first + more}`),
  fc.nat(120).map((first) => `${first}-`),
  fc.nat(120).map((length) => `-${length}`),
);
const specs = fc.array(spec, { minLength: 1, maxLength: MOST_RANGES });
const size = fc.integer({ min: 1, max: 100 });

type Span = { readonly from: number; readonly to: number; readonly place: number };

/** As npm's range-parser reads and combines ranges, written anew over a map of the bytes. */
function expected(list: readonly string[], bytes: number): readonly ByteRange[] {
  const each: readonly Span[] = list.flatMap((text, place) => {
    const [first = "", last = ""] = text.split("-");
    const from = first === "" ? Math.max(0, bytes - Number(last)) : Number(first);
    const to = first === "" || last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
    return from > to ? [] : [{ from, to, place }];
  });
  const outer = each.filter((one) => !each.some((other) => holds(other, one)));
  const held = Array.from({ length: bytes }, (_, at) => each.some(({ from, to }) => from <= at && at <= to));
  const starts = [...held.keys()].filter((at) => held[at] && !held[at - 1]);
  const runs = starts.map((from) => {
    const gap = held.indexOf(false, from);
    const to = gap === -1 ? bytes - 1 : gap - 1;
    const places = outer.filter((one) => one.from >= from && one.to <= to).map(({ place }) => place);
    return { from, to, place: Math.min(...places) };
  });
  return runs.sort((a, b) => a.place - b.place).map(({ from, to }) => ({ offset: from, length: to - from + 1 }));
}

/** Whether `one` lies inside `other`, which begins before it, or with it and was asked first. */
function holds(other: Span, one: Span): boolean {
  const before = other.from < one.from || (other.from === one.from && other.place < one.place);
  return before && other.to >= one.to;
}

describe("any set of ranges", () => {
  it("names the bytes that were asked for, each once, in the order asked", () => {
    fc.assert(
      fc.property(specs, size, (list, bytes) => {
        const wanted = expected(list, bytes);
        const ranges = parseRangeSet(`bytes=${list.join(",")}`, bytes);
        // Several that together are the whole are no part of it.
        expect(ranges === "unsatisfiable" ? [] : (ranges ?? [{ offset: 0, length: bytes }])).toEqual(wanted);
      }),
      { numRuns: 1000 },
    );
  });

  it("is never longer than the whole, and each range is a slice of it", () => {
    fc.assert(
      fc.property(specs, size, (list, bytes) => {
        const ranges = parseRangeSet(`bytes=${list.join(" , ")}`, bytes);
        if (ranges === null || typeof ranges === "string") return;
        const inside = ({ offset, length }: ByteRange) => offset >= 0 && length >= 1 && offset + length <= bytes;
        expect(ranges.every(inside)).toBe(true);
        expect(ranges.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(bytes);
      }),
    );
  });

  it("never throws", () => {
    const noise = fc.string({ unit: fc.constantFrom(..."0123456789-, \tx=") });
    fc.assert(
      fc.property(fc.oneof(noise, fc.string()), fc.nat(2000), (text, bytes) => {
        expect(() => parseRangeSet(`bytes=${text}`, bytes)).not.toThrow();
      }),
    );
  });
});
