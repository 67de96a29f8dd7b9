import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromBase64Url, toBase64Url } from "../../../src/core/crypto/base64url.ts";

describe("base64url", () => {
  it.each([
    // RFC 4648 section 10, without padding.
    ["", ""],
    ["f", "Zg"],
    ["fo", "Zm8"],
    ["foo", "Zm9v"],
    ["foob", "Zm9vYg"],
    ["fooba", "Zm9vYmE"],
    ["foobar", "Zm9vYmFy"],
  ])("of %j is %j", (text, encoded) => {
    expect(toBase64Url(new TextEncoder().encode(text))).toBe(encoded);
  });

  it("uses the alphabet of URLs", () => {
    expect(toBase64Url(Uint8Array.of(0xfb, 0xff, 0xfe))).toBe("-__-");
    expect(fromBase64Url("-__-")).toEqual(Uint8Array.of(0xfb, 0xff, 0xfe));
  });

  it("gives back the bytes, and agrees with Node's", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect(fromBase64Url(text)).toEqual(Uint8Array.from(bytes));
      }),
    );
  });

  it.each([
    ["padding", "Zg=="],
    ["the alphabet of plain base64", "+//+"],
    ["a length that no bytes have", "Zm9vY"],
    ["bits that are not used", "Zh"],
    ["bits that are not used, of two bytes", "Zm9"],
    ["spaces", "Zm 9v"],
    ["a line break at its end", "Zm9v\n"],
    ["other letters", "Zm9\u00e9"],
  ])("is not read with %s", (_, text) => {
    expect(fromBase64Url(text)).toBeNull();
  });

  it("has one text for the same bytes only: whatever is read is written so again", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."AQgwZ9_-=+/ "), maxLength: 12 }), (text) => {
        const bytes = fromBase64Url(text);
        if (bytes) expect(toBase64Url(bytes)).toBe(text);
      }),
    );
  });
});
