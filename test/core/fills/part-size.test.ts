import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_OBJECT_BYTES, partBytes, SMALLEST_PART_BYTES } from "../../../src/core/fills/part-size.ts";

const MIB = 2 ** 20;

/** R2 limits: parts of 5 MiB to 5 GiB, at most 10,000 of them. */
const STORE = { leastBytes: 5 * MIB, mostBytes: 5 * 2 ** 30, mostParts: 10_000 };

describe("the parts of an object", () => {
  it.each([
    ["nothing", 0, SMALLEST_PART_BYTES],
    ["one byte", 1, SMALLEST_PART_BYTES],
    ["one part", SMALLEST_PART_BYTES, SMALLEST_PART_BYTES],
    ["the most that small parts hold", 9000 * SMALLEST_PART_BYTES, SMALLEST_PART_BYTES],
    ["one byte more", 9000 * SMALLEST_PART_BYTES + 1, SMALLEST_PART_BYTES + MIB],
  ])("of %s have their size", (_, length, size) => {
    expect(partBytes(length)).toBe(size);
  });

  it("obey the store at every length up to the largest", () => {
    const length = fc.oneof(fc.integer({ min: 0, max: MAX_OBJECT_BYTES }), fc.constant(MAX_OBJECT_BYTES));
    fc.assert(
      fc.property(length, (bytes) => {
        const part = partBytes(bytes);
        expect(part % MIB).toBe(0);
        expect(part).toBeGreaterThanOrEqual(STORE.leastBytes);
        expect(part).toBeLessThanOrEqual(STORE.mostBytes);
        expect(Math.ceil(bytes / part)).toBeLessThanOrEqual(STORE.mostParts);
      }),
      { examples: [[MAX_OBJECT_BYTES], [MAX_OBJECT_BYTES - 1]] },
    );
  });

  it("never shrink while the object grows", () => {
    const length = fc.integer({ min: 0, max: MAX_OBJECT_BYTES });
    fc.assert(
      fc.property(length, length, (one, other) => {
        expect(partBytes(Math.min(one, other))).toBeLessThanOrEqual(partBytes(Math.max(one, other)));
      }),
    );
  });
});
