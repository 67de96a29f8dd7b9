import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  chooseFill,
  FILL_SIZES,
  MAX_OBJECT_BYTES,
  MAX_STREAMED_BYTES,
  partBytes,
} from "../../../src/core/fills/fill-choice.ts";

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** R2's limits: parts of 5 MiB to 5 GiB, at most 10,000 of them. */
const STORE = { leastBytes: 5 * MIB, mostBytes: 5 * GIB, mostParts: 10_000 };

const PLAIN = { ranges: false, etag: null };
const RESUMABLE = { ranges: true, etag: '"a"' };
/** Lengths around every size at which something changes, and any other. */
const EDGES = [0, 5 * MIB, ...Object.values(FILL_SIZES), FILL_SIZES.maxParts * FILL_SIZES.partBytes, MAX_OBJECT_BYTES];
const length = fc.oneof(
  fc.integer({ min: 0, max: MAX_OBJECT_BYTES }),
  fc.integer({ min: 0, max: 2 * GIB }),
  fc.constantFrom(
    ...EDGES.flatMap((edge) => [edge - 1, edge, edge + 1]).filter((n) => n >= 0 && n <= MAX_OBJECT_BYTES),
  ),
);

describe("an object is put at once", () => {
  it.each([
    ["when it is empty", 0],
    ["when it has one byte", 1],
    ["when it is as large as that goes", FILL_SIZES.putBytes],
  ])("%s, whatever ranges the origin does", (_, bytes) => {
    expect(chooseFill({ length: bytes, ...PLAIN })).toEqual({ how: "put" });
    expect(chooseFill({ length: bytes, ...RESUMABLE })).toEqual({ how: "put" });
  });
});

describe("an object is stored in parts", () => {
  const plan = { how: "parts", partBytes: 8 * MIB, resumeTag: null, lanes: 1 };

  it.each([
    ["when it is larger than that", { length: FILL_SIZES.putBytes + 1, ...PLAIN }, plan],
    ["when nobody knows its length", { length: null, ...PLAIN }, { ...plan, partBytes: 8 * MIB }],
    [
      "which nobody can go on with when its length is not known",
      { length: null, ...RESUMABLE },
      { ...plan, partBytes: 8 * MIB },
    ],
    ["that are fetched again one by one", { length: 100 * MIB, ...RESUMABLE }, { ...plan, resumeTag: '"a"' }],
    [
      "one after the other when it is a little too small for more",
      { length: FILL_SIZES.parallelBytes - 1, ...RESUMABLE },
      { ...plan, resumeTag: '"a"' },
    ],
    [
      "side by side when it is large",
      { length: FILL_SIZES.parallelBytes, ...RESUMABLE },
      { ...plan, resumeTag: '"a"', lanes: 4 },
    ],
    ["one after the other without ranges", { length: GIB, ranges: false, etag: '"a"' }, plan],
    ["one after the other without an ETag", { length: GIB, ranges: true, etag: null }, plan],
    ["one after the other with a weak ETag", { length: GIB, ranges: true, etag: 'W/"a"' }, plan],
    ["one after the other with an ETag that is none", { length: GIB, ranges: true, etag: "a" }, plan],
    ["of the same size at 6 GiB as at 100 MiB", { length: 6 * GIB, ...PLAIN }, plan],
  ])("%s", (_, offered, choice) => {
    expect(chooseFill(offered)).toEqual(choice);
  });

  it("by the sizes that it is given", () => {
    const sizes = { ...FILL_SIZES, putBytes: 10, partBytes: 4, parallelBytes: 12, lanes: 2 };
    expect(chooseFill({ length: 10, ...RESUMABLE }, sizes)).toEqual({ how: "put" });
    expect(chooseFill({ length: 11, ...RESUMABLE }, sizes)).toMatchObject({ partBytes: 4, lanes: 1 });
    expect(chooseFill({ length: 12, ...RESUMABLE }, sizes)).toMatchObject({ partBytes: 4, lanes: 2 });
    expect(chooseFill({ length: null, ...RESUMABLE }, sizes)).toMatchObject({ partBytes: 4, lanes: 1 });
  });
});

describe("the parts of an object", () => {
  it.each([
    ["one byte", 1, 8 * MIB],
    ["the most that the least of parts hold", 9000 * 8 * MIB, 8 * MIB],
    ["one byte more", 9000 * 8 * MIB + 1, 16 * MIB],
    ["twice as much", 2 * 9000 * 8 * MIB, 16 * MIB],
    ["the most that the store takes", MAX_OBJECT_BYTES, 584 * MIB],
  ])("of %s have their size", (_, bytes, size) => {
    expect(partBytes(bytes)).toBe(size);
  });

  it("cover it at every length, and the store takes them", () => {
    fc.assert(
      fc.property(length, (bytes) => {
        const choice = chooseFill({ length: bytes, ...RESUMABLE });
        if (choice.how === "put") return;
        const count = Math.ceil(bytes / choice.partBytes);
        const last = bytes - (count - 1) * choice.partBytes;
        expect(count).toBeGreaterThanOrEqual(1);
        expect(count).toBeLessThanOrEqual(STORE.mostParts);
        expect(choice.partBytes).toBeGreaterThanOrEqual(STORE.leastBytes);
        expect(choice.partBytes).toBeLessThanOrEqual(STORE.mostBytes);
        expect(choice.partBytes % MIB).toBe(0);
        expect(last).toBeGreaterThan(0);
        expect(last).toBeLessThanOrEqual(choice.partBytes);
      }),
      { examples: [[MAX_OBJECT_BYTES], [FILL_SIZES.putBytes + 1]] },
    );
  });

  it("never shrink while the object grows", () => {
    fc.assert(
      fc.property(length, length, (one, other) => {
        expect(partBytes(Math.min(one, other))).toBeLessThanOrEqual(partBytes(Math.max(one, other)));
      }),
    );
  });

  it("that only the end of a body ends fit a buffer, up to the length that is refused beyond", () => {
    expect(MAX_STREAMED_BYTES).toBe(9000 * 8 * MIB);
    expect(MAX_STREAMED_BYTES / FILL_SIZES.partBytes).toBeLessThanOrEqual(STORE.mostParts);
  });

  it("are more than one where an object is stored in parts", () => {
    expect(FILL_SIZES.putBytes).toBeGreaterThanOrEqual(FILL_SIZES.partBytes);
  });
});
