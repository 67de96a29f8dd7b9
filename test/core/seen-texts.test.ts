import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seenTexts } from "../../src/core/seen-texts.ts";

describe("a text", () => {
  it("was seen before from its second time on", () => {
    const seen = seenTexts();
    expect([1, 2, 3].map(() => seen.before("text"))).toEqual([false, true, true]);
  });

  it("has nothing to do with another, nor with what another memory has seen", () => {
    const seen = seenTexts();
    seen.before("text");
    expect(["texts", "tex", "Text", "", "\0"].map(seen.before)).toEqual([false, false, false, false, false]);
    expect(seenTexts().before("text")).toBe(false);
  });

  it("may be anything", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const seen = seenTexts();
        expect([seen.before(text), seen.before(text)]).toEqual([false, true]);
      }),
    );
  });

  it("is forgotten when another takes its place", () => {
    const seen = seenTexts(1);
    expect(["one", "two", "one", "one"].map(seen.before)).toEqual([false, false, false, true]);
  });

  it("is one of many that are told apart", () => {
    const seen = seenTexts();
    const links = Array.from({ length: 5_000 }, (_, at) => `https://cdn.example.com/proxy?url=${at}`);
    const taken = links.filter(seen.before).length;
    expect(taken).toBeLessThan(5);
    // Two that share a place push each other out.
    expect(links.filter(seen.before).length).toBeGreaterThan(4_000);
  });
});
