import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseContentRange } from "../../../src/core/http/content-range.ts";

const MOST = Number.MAX_SAFE_INTEGER;

describe("a Content-Range", () => {
  it.each([
    ["bytes 0-0/1", 0, 0, 1],
    ["bytes 0-499/1234", 0, 499, 1234],
    ["bytes 500-1233/1234", 500, 1233, 1234],
    ["bytes 42-1233/*", 42, 1233, null],
    ["bytes 0-8388607/5497558138880", 0, 8_388_607, 5 * 2 ** 40],
    ["Bytes 0-0/1", 0, 0, 1],
    ["bytes  0-0/1", 0, 0, 1],
    ["bytes 007-009/0010", 7, 9, 10],
    [`bytes 0-${MOST - 1}/${MOST}`, 0, MOST - 1, MOST],
  ])("%s tells which bytes came, of how many", (value, first, last, size) => {
    expect(parseContentRange(value)).toEqual({ first, last, size });
  });

  it.each([
    ["bytes */0", 0],
    ["bytes */1234", 1234],
  ])("%s tells that none came, and how many there are", (value, size) => {
    expect(parseContentRange(value)).toEqual({ first: null, last: null, size });
  });

  it.each([
    null,
    ...["", "bytes", "bytes ", "bytes */*", "bytes 0-0", "bytes 0-0/", "bytes -0/1", "bytes 0-/1", "bytes /1"],
    ...["items 0-0/1", "0-0/1", "bytes=0-0/1", "bytes:0-0/1", "bytes 0 - 0/1", "bytes 0-0 /1", "bytes 0-0/ 1"],
    ...["bytes 0-0/1, bytes 2-3/4", "bytes 0-0,2-3/4", "bytes +0-0/1", "bytes 0x0-0/1", "bytes 0-0/1.5", "bytes a-b/c"],
    ...["bytes 0-0/1\n", "\nbytes 0-0/1", "bytes \u0661-\u0662/9"],
  ])("%j is of no form that counts", (value) => {
    expect(parseContentRange(value)).toBeNull();
  });

  it.each(["bytes 5-4/10", "bytes 0-10/10", "bytes 10-10/10", "bytes 0-0/0", "bytes 5-4/*"])(
    "%s contradicts itself",
    (value) => {
      expect(parseContentRange(value)).toBeNull();
    },
  );

  it.each([`bytes 0-0/${MOST + 1}`, `bytes 0-${MOST + 1}/*`, `bytes */${"9".repeat(400)}`])(
    "%s is too large to count with",
    (value) => {
      expect(parseContentRange(value)).toBeNull();
    },
  );

  it("that is written is read as it was meant", () => {
    const numbers = fc.tuple(fc.maxSafeNat(), fc.maxSafeNat(), fc.maxSafeNat());
    fc.assert(
      fc.property(numbers, (drawn) => {
        const [first = 0, last = 0, size = 0] = drawn.toSorted((a, b) => a - b);
        const read = parseContentRange(`bytes ${first}-${last}/${size}`);
        expect(read).toEqual(last < size ? { first, last, size } : null);
      }),
    );
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseContentRange(`bytes ${text}`)).not.toThrow();
      }),
    );
  });
});
