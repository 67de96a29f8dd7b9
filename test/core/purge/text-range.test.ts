import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterPrefix, firstCharacters } from "../../../src/core/purge/text-range.ts";

/** Texts in the order of UTF-8's bytes, as Postgres has them in collation "C". */
const order = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const wellFormed = (maxLength: number) => fc.string({ unit: "binary", maxLength }).map((text) => text.toWellFormed());

describe("the first text behind a prefix", () => {
  it.each([
    ["a", "b"],
    ["az", "a{"],
    ["ключ", "клюш"],
    ["a\u{10ffff}", "b"],
    ["a\u{10ffff}\u{10ffff}", "b"],
    ["\ud7ff", "\ue000"],
    ["\uffff", "\u{10000}"],
    ["\u{10ffff}", null],
    ["", null],
  ])("%j is %j", (prefix, after) => {
    expect(afterPrefix(prefix)).toBe(after);
  });

  it("divides what begins so from what comes after it", () => {
    fc.assert(
      fc.property(wellFormed(5), wellFormed(5), wellFormed(8), (prefix, rest, other) => {
        const end = afterPrefix(prefix);
        const isInRange = (text: string) => order(text, prefix) >= 0 && (end === null || order(text, end) < 0);
        expect(isInRange(prefix + rest)).toBe(true);
        if (end !== null) expect(isInRange(other)).toBe(other.startsWith(prefix));
      }),
    );
  });
});

describe("the first characters of a text", () => {
  it.each([
    ["abc", 2, "ab"],
    ["abc", 3, "abc"],
    ["abc", 4, "abc"],
    ["", 2, ""],
    ["😀😀😀", 2, "😀😀"],
    ["😀😀", 2, "😀😀"],
    ["a😀b", 2, "a😀"],
  ])("of %j, %i of them, are %j", (text, count, first) => {
    expect(firstCharacters(text, count)).toBe(first);
  });
});
