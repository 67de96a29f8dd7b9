import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesWildcard } from "../../../src/core/verify/wildcard.ts";

describe("a pattern with wildcards", () => {
  it.each([
    ["", ""],
    ["*", ""],
    ["*", "a/b"],
    ["a*", "a"],
    ["a*c", "abcbc"],
    ["*a*b*", "xaxb"],
    ["a?c", "abc"],
    ["a?c", "a?c"],
    ["a.c", "a.c"],
    ["**a", "a"],
  ])("%j fits %j", (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(true);
  });

  it.each([
    ["", "a"],
    ["?", ""],
    ["a*c", "abcb"],
    ["a?c", "ac"],
    ["a.c", "abc"],
    ["*a", "ab"],
    ["abc", "ab"],
  ])("%j does not fit %j", (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(false);
  });

  it("fits what the regular expression of the same meaning fits", () => {
    const few = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
    fc.assert(
      fc.property(few, few, (pattern, text) => {
        const meaning = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
        expect(matchesWildcard(pattern, text)).toBe(meaning.test(text));
      }),
    );
  });

  it("is done soon with stars that could be put in many places", () => {
    expect(matchesWildcard(`${"a*".repeat(100)}b`, "a".repeat(8000))).toBe(false);
  });
});
