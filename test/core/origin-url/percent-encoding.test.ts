import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeNonAscii, foldPercentEncoding, hasDotSegments } from "../../../src/core/origin-url/percent-encoding.ts";

describe("folding", () => {
  it.each([
    ["unreserved letters", "/%61%5A", "/aZ"],
    ["unreserved digits and marks", "%30%2d%2E%5f%7E", "0-._~"],
    ["hex digits of what stays encoded", "%2f%c3%a9", "%2F%C3%A9"],
    ["non-ASCII that was not encoded", "/caf\u00e9", "/caf%C3%A9"],
    ["an emoji", "\u{1f600}", "%F0%9F%98%80"],
    ["an encoded percent sign, once", "%2541", "%2541"],
  ])("makes one spelling of %s", (_, text, folded) => {
    expect(foldPercentEncoding(text)).toBe(folded);
  });

  it.each([
    ["an encoded slash", "/a%2Fb"],
    ["a double slash", "//a//b"],
    ["dot segments", "/./a/../b"],
    ["a plus", "/a+b"],
    ["an encoded plus", "/a%2Bb"],
    ["an encoded space", "/a%20b"],
    ["an encoded null", "/a%00b"],
    ["encoded separators of a query", "a=%26%3D%3F%23"],
    ["percent signs that encode nothing", "100%&5%z&%4"],
  ])("leaves %s alone: it is another key", (_, text) => {
    expect(foldPercentEncoding(text)).toBe(text);
  });

  it("keeps composed and decomposed letters apart: an object store does", () => {
    expect(foldPercentEncoding("caf\u00e9")).not.toBe(foldPercentEncoding("cafe\u0301"));
  });

  const encodedKey = fc.string({ unit: "binary" }).map(encodeURIComponent);

  it("gives the same text once more", () => {
    fc.assert(
      fc.property(encodedKey, (text) => {
        expect(foldPercentEncoding(foldPercentEncoding(text))).toBe(foldPercentEncoding(text));
      }),
    );
  });

  it("keeps what the text decodes to", () => {
    fc.assert(
      fc.property(encodedKey, (text) => {
        expect(decodeURIComponent(foldPercentEncoding(text))).toBe(decodeURIComponent(text));
      }),
    );
  });

  it("makes one text of every way to encode a key, and never of two keys", () => {
    /** Every byte encoded, which is as far as an encoder can go. */
    const encodeAll = (key: string) =>
      Array.from(new TextEncoder().encode(key), (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
    const key = fc.string({ unit: "binary", maxLength: 4 }).filter((text) => !/[!'()*]/.test(text));
    fc.assert(
      fc.property(key, key, (one, other) => {
        expect(foldPercentEncoding(encodeAll(one))).toBe(foldPercentEncoding(encodeURIComponent(one)));
        if (one !== other) expect(foldPercentEncoding(encodeAll(one))).not.toBe(foldPercentEncoding(encodeAll(other)));
      }),
    );
  });
});

describe("encoding what is outside ASCII", () => {
  it.each([
    ["https://b.co/caf\u00e9?a=\u{1f600}", "https://b.co/caf%C3%A9?a=%F0%9F%98%80"],
    ['/a b"<%2f>//./', '/a b"<%2f>//./'],
    ["lone \ud800 surrogate", "lone %EF%BF%BD surrogate"],
    ["two \ud800\ud800", "two %EF%BF%BD%EF%BF%BD"],
    ["", ""],
  ])("turns %j into %j", (text, encoded) => {
    expect(encodeNonAscii(text)).toBe(encoded);
  });

  it("never throws and yields ASCII", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.integer({ max: 0xffff, min: 0 }).map((unit) => String.fromCharCode(unit)) }),
        (text) => {
          expect(encodeNonAscii(text)).toMatch(/^\p{ASCII}*$/u);
        },
      ),
    );
  });
});

describe("dot segments", () => {
  it.each(["/.", "/..", "/./a", "/a/../b", "/a/%2e", "/%2E%2e/a", "/.%2e/a", "/a/%2E."])("are seen in %s", (path) => {
    expect(hasDotSegments(path)).toBe(true);
  });

  it.each(["/", "/a", "//", "/...", "/a.b", "/.a", "/a.", "/..a", "/%2e%2e%2e", "/a%2F..%2Fb", "/%252e", "/%2"])(
    "are not seen in %s",
    (path) => {
      expect(hasDotSegments(path)).toBe(false);
    },
  );

  it("are segments and nothing less, as when each is looked at", () => {
    const piece = fc.constantFrom("/", "/", ".", "%2e", "%2E", "%2f", "%", "2e", "a", "\n", "\u2028");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const path = pieces.join("");
        const bySegment = path.split("/").some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment));
        expect(hasDotSegments(path)).toBe(bySegment);
      }),
      { numRuns: 2000 },
    );
  });

  it("are exactly what a client folds", () => {
    const segment = fc.constantFrom("", ".", "..", "%2e", "%2E", ".%2e", "%2e%2E", "...", "%2f", "a", "a.", "%252e");
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1 }), (segments) => {
        const path = `/${segments.join("/")}`;
        expect(hasDotSegments(path)).toBe(new URL(`https://b.co${path}`).pathname !== path);
      }),
    );
  });
});
