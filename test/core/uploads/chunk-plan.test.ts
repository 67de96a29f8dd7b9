import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bytesOfChunk,
  chunkBytesFor,
  chunkCount,
  MAX_CHUNK_BYTES,
  MAX_CHUNKS,
  MIN_CHUNK_BYTES,
  missingChunks,
  partNumberOf,
} from "../../../src/core/uploads/chunk-plan.ts";
import { UPLOAD_LIMITS } from "../../../src/core/uploads/upload-limits.ts";

const MIB = 2 ** 20;
const GIB = 1024 * MIB;

describe("the size of chunks", () => {
  it.each([
    ["as wanted where that is enough", 10 * GIB, 64 * MIB, 64 * MIB],
    ["as wanted for a small file", 1, 64 * MIB, 64 * MIB],
    ["no less than a part may have", 10 * GIB, MIB, MIN_CHUNK_BYTES],
    ["no more than a part may have", 10 * GIB, 6 * GIB, MAX_CHUNK_BYTES],
    ["whole bytes", 10 * GIB, 7.5 * MIB + 0.5, 7.5 * MIB],
    ["as wanted while the parts just suffice", 10_000 * 8 * MIB, 8 * MIB, 8 * MIB],
    ["larger where there would be one part too many", 10_000 * 8 * MIB + 1, 8 * MIB, 9 * MIB],
    ["larger for what is much too large", 5 * 1024 * GIB, 64 * MIB, 525 * MIB],
  ])("is %s", (_, size, wanted, bytes) => {
    expect(chunkBytesFor(size, wanted)).toBe(bytes);
  });

  it("is never such that there are more parts than a store takes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5 * 2 ** 40 }), fc.integer({ min: 1, max: 2 ** 40 }), (size, wanted) => {
        const chunkBytes = chunkBytesFor(size, wanted);
        expect(chunkBytes).toBeGreaterThanOrEqual(MIN_CHUNK_BYTES);
        expect(chunkBytes).toBeLessThanOrEqual(MAX_CHUNK_BYTES);
        expect(chunkCount({ size, chunkBytes })).toBeLessThanOrEqual(MAX_CHUNKS);
      }),
    );
  });

  it("is by default one that Cloudflare takes as a body on every plan", () => {
    expect(UPLOAD_LIMITS.chunkBytes).toBeLessThan(100_000_000);
  });
});

describe("the chunks of a file", () => {
  it.each([
    [0, []],
    [1, [1]],
    [9, [9]],
    [10, [10]],
    [11, [10, 1]],
    [30, [10, 10, 10]],
    [39, [10, 10, 10, 9]],
  ])("%i bytes are cut into equal ones, but for the last", (size, expected) => {
    const plan = { size, chunkBytes: 10 };
    expect(chunkCount(plan)).toBe(expected.length);
    expect(expected.map((_, index) => bytesOfChunk(plan, index))).toEqual(expected);
    expect(bytesOfChunk(plan, expected.length)).toBeNull();
  });

  it.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])("there is none of index %d", (index) => {
    expect(bytesOfChunk({ size: 100, chunkBytes: 10 }, index)).toBeNull();
  });

  it("have as many bytes together as the file", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 50, max: 5000 }), (size, chunkBytes) => {
        const plan = { size, chunkBytes };
        const all = Array.from({ length: chunkCount(plan) }, (_, index) => bytesOfChunk(plan, index) ?? 0);
        expect(all.reduce((sum, bytes) => sum + bytes, 0)).toBe(size);
      }),
    );
  });

  it("are parts of the store, which counts from 1", () => {
    expect(partNumberOf(0)).toBe(1);
    expect(partNumberOf(MAX_CHUNKS - 1)).toBe(10_000);
  });
});

describe("what is missing", () => {
  const plan = { size: 25, chunkBytes: 10 };

  it.each([
    [[], { count: 3, first: [0, 1, 2] }],
    [[1], { count: 2, first: [0, 2] }],
    [[2, 0], { count: 1, first: [1] }],
    [[0, 1, 2], { count: 0, first: [] }],
    [[0, 1, 2, 3, -1], { count: 0, first: [] }],
  ])("with %j there", (present, expected) => {
    expect(missingChunks(plan, present)).toEqual(expected);
  });

  it("is counted to the end, and the first hundred are named", () => {
    const { count, first } = missingChunks({ size: 1000, chunkBytes: 1 }, [0, 5]);
    expect(count).toBe(998);
    expect(first).toHaveLength(100);
    expect(first.slice(0, 5)).toEqual([1, 2, 3, 4, 6]);
    expect(first.at(-1)).toBe(101);
  });

  it("is nothing of an empty file", () => {
    expect(missingChunks({ size: 0, chunkBytes: 10 }, [])).toEqual({ count: 0, first: [] });
  });
});
