import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseByteRange } from "../../../src/core/http/byte-range.ts";

describe("a range of 1000 bytes", () => {
  it.each([
    ["bytes=0-0", 0, 1],
    ["bytes=0-499", 0, 500],
    ["bytes=500-999", 500, 500],
    ["bytes=999-999", 999, 1],
    ["bytes=0-999", 0, 1000],
    ["bytes=0-", 0, 1000],
    ["bytes=999-", 999, 1],
    ["bytes=500-5000", 500, 500],
    ["bytes=-1", 999, 1],
    ["bytes=-500", 500, 500],
    ["bytes=-1000", 0, 1000],
    ["bytes=-5000", 0, 1000],
    ["bytes=0-99999999999999999999999999", 0, 1000],
    [`bytes=0-${"9".repeat(400)}`, 0, 1000],
    [`bytes=-${"9".repeat(400)}`, 0, 1000],
    ["bytes=00000-00009", 0, 10],
    ["BYTES=0-9", 0, 10],
    ["Bytes=0-9", 0, 10],
    ["bytes = 0 - 9 ", 0, 10],
  ])("%s is taken from %i, %i bytes long", (field, offset, length) => {
    expect(parseByteRange(field, 1000)).toEqual({ offset, length });
  });

  it.each([
    "bytes=1000-",
    "bytes=1000-1000",
    "bytes=5000-6000",
    "bytes=-0",
    "bytes=99999999999999999999-",
    `bytes=${"9".repeat(400)}-`,
  ])("%s cannot be satisfied", (field) => {
    expect(parseByteRange(field, 1000)).toBe("unsatisfiable");
  });

  it.each([
    null,
    ...[
      "",
      "bytes",
      "bytes=",
      "bytes=-",
      "bytes=a-b",
      "bytes=1",
      "bytes=1-2-3",
      "bytes=--1",
      "bytes=5-4",
      "bytes=0x1-2",
    ],
    ...[
      "bytes=0-0,5-9",
      "bytes=0-0, 999-999",
      "bytes=0-9,",
      "bytes:0-9",
      "items=0-9",
      "seconds=1-2",
      "0-9",
      "bytes=1.0-2",
    ],
    ...["bytes=+1-2", "bytes=0-9;", "bytes=0-9\nbytes=1-2", "bytes=\u0661-\u0662", "none", "bytes 0-9/1000"],
  ])("%j is ignored, and the whole is sent", (field) => {
    expect(parseByteRange(field, 1000)).toBeNull();
  });
});

describe("a range of an empty object", () => {
  it.each(["bytes=0-0", "bytes=0-", "bytes=-0", "bytes=5-9"])("%s cannot be satisfied", (field) => {
    expect(parseByteRange(field, 0)).toBe("unsatisfiable");
  });

  it.each(["bytes=-1", "bytes=-500"])("%s is satisfied by the whole, which no Content-Range could tell of", (field) => {
    expect(parseByteRange(field, 0)).toBeNull();
  });

  it("is ignored where it is none", () => {
    expect(parseByteRange(null, 0)).toBeNull();
    expect(parseByteRange("bytes=9-5", 0)).toBeNull();
  });
});

describe("any range", () => {
  const size = fc.nat(2000);
  const number = fc.oneof(fc.nat(2000).map(String), fc.constantFrom("", "0", "9".repeat(30)));

  it("lies inside the object and holds at least one byte", () => {
    fc.assert(
      fc.property(size, number, number, (bytes, first, last) => {
        const range = parseByteRange(`bytes=${first}-${last}`, bytes);
        if (range === null || range === "unsatisfiable") return;
        expect(range.length).toBeGreaterThanOrEqual(1);
        expect(range.offset).toBeGreaterThanOrEqual(0);
        expect(range.offset + range.length).toBeLessThanOrEqual(bytes);
      }),
    );
  });

  it("cuts what a slice of the bytes would be", () => {
    fc.assert(
      fc.property(size, fc.nat(2000), fc.nat(2000), (bytes, first, more) => {
        const whole = Array.from({ length: bytes }, (_, index) => index);
        const range = parseByteRange(`bytes=${first}-${first + more}`, bytes);
        const expected = whole.slice(first, first + more + 1);
        if (range === null) throw new Error("a range in order was ignored");
        const cut = range === "unsatisfiable" ? [] : whole.slice(range.offset, range.offset + range.length);
        expect(cut).toEqual(expected);
      }),
    );
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string(), size, (text, bytes) => {
        expect(() => parseByteRange(`bytes=${text}`, bytes)).not.toThrow();
      }),
    );
  });
});
