import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fnv1a } from "../../src/core/fnv.ts";

describe("FNV-1a of a text", () => {
  // http://www.isthe.com/chongo/src/fnv/test_fnv.c
  it.each([
    ["", 0x811c9dc5],
    ["a", 0xe40c292c],
    ["b", 0xe70c2de5],
    ["foobar", 0xbf9cf968],
  ])("%j is as its authors have it", (text, hash) => {
    expect(fnv1a(text) >>> 0).toBe(hash);
  });

  it("is a whole number of 32 bits, whatever the text", () => {
    fc.assert(fc.property(fc.string(), (text) => Number.isInteger(fnv1a(text)) && (fnv1a(text) | 0) === fnv1a(text)));
  });
});
