import { describe, expect, it } from "vitest";
import type { ByteRange } from "../../../src/core/http/byte-range.ts";
import { MOST_RANGES, parseRangeSet } from "../../../src/core/http/range-set.ts";

/** The ranges that a field asks of `size` bytes, each as its offset and its length. */
function asked(field: string | null, size = 1000): string | null {
  const ranges = parseRangeSet(field, size);
  return ranges === null || ranges === "unsatisfiable" ? ranges : written(ranges);
}

function written(ranges: readonly ByteRange[]): string {
  return ranges.map(({ offset, length }) => `${offset}+${length}`).join(" ");
}

describe("a set of ranges of 1000 bytes", () => {
  it.each([
    // RFC 9110 section 14.1.2
    ["bytes=0-499", "0+500"],
    ["bytes=-500", "500+500"],
    ["bytes=950-", "950+50"],
    ["bytes=0-0,-1", "0+1 999+1"],
    ["bytes= 0-99, 450-549, -100", "0+100 450+100 900+100"],
    ["bytes=500-600,601-998", "500+499"],
    ["bytes=500-700,601-998", "500+499"],
    // Section 5.6.1.2: empty elements
    ["bytes=0-9,", "0+10"],
    ["bytes=,0-9", "0+10"],
    ["bytes=,, 0-9 ,\t,20-29,,", "0+10 20+10"],
    // Section 14.1: units in any case
    ["BYTES=0-0,2-2", "0+1 2+1"],
    ["bytes=0-0\t,\t2-2", "0+1 2+1"],
    // What cannot be satisfied is left out
    ["bytes=0-0,5000-", "0+1"],
    ["bytes=5000-,0-0", "0+1"],
    ["bytes=-0,0-0,1000-1000,2-2", "0+1 2+1"],
    ["bytes=0-0,99999999999999999999-", "0+1"],
    [`bytes=0-0,${"9".repeat(400)}-${"9".repeat(401)},-5`, "0+1 995+5"],
    ["bytes=0-0,5-99999999999999999999", "0+1 5+995"],
    // Section 15.3.7.2: in the order asked
    ["bytes=900-999,0-99", "900+100 0+100"],
    ["bytes=-1,0-0", "999+1 0+1"],
    ["bytes=20-29,0-9,10-12", "20+10 0+13"],
    ["bytes=50-59,0-9,55-69,5-14", "50+20 0+15"],
    ["bytes=5-14,50-59,0-9", "0+15 50+10"],
    // What overlaps or adjoins is one, what does not is two
    ["bytes=0-4,5-9", "0+10"],
    ["bytes=5-9,0-4", "0+10"],
    ["bytes=0-4,6-9", "0+5 6+4"],
    ["bytes=0-99,10-19,20-29", "0+100"],
    ["bytes=20-28,8-10,16-36", "8+3 16+21"],
    ["bytes=0-9,0-9,0-9,0-9", "0+10"],
    ["bytes=0-,5000-", "0+1000"],
  ])("%s is %s", (field, ranges) => {
    expect(asked(field)).toBe(ranges);
  });

  it.each([
    "bytes=1000-",
    "bytes=-0",
    "bytes=1000-1000,-0",
    "bytes=1000-, 2000-3000, 99999999999999999999-",
    `bytes=${Array.from({ length: 100 }, (_, index) => `${1000 + index}-`).join(",")}`,
  ])("%s cannot be satisfied", (field) => {
    expect(asked(field)).toBe("unsatisfiable");
  });

  it.each([
    null,
    ...["", "bytes", "bytes=", "bytes=,", "bytes= , ,", "bytes=-", "bytes=a-b", "items=0-0,2-2", "0-0,2-2", "none"],
    ...["bytes=0-0,5-4", "bytes=0-0,x", "bytes=0-0,-", "bytes=0-0 2-2", "bytes=0-0;2-2", "bytes=0-0,bytes=2-2"],
    ...["bytes=0-0,1.0-2", "bytes=0-0,\u0661-\u0662", "bytes=0-0\n,2-2", "bytes=0-0,--1", "bytes=0-0,-1-2"],
  ])("%j is ignored, and the whole is sent", (field) => {
    expect(asked(field)).toBeNull();
  });
});

describe("a set that asks for too much", () => {
  const apart = (count: number) => `bytes=${Array.from({ length: count }, (_, at) => `${2 * at}-${2 * at}`).join(",")}`;

  it(`is ignored from ${MOST_RANGES + 1} ranges on`, () => {
    expect(asked(apart(MOST_RANGES))?.split(" ")).toHaveLength(MOST_RANGES);
    expect(asked(apart(MOST_RANGES + 1))).toBeNull();
    expect(asked(apart(5000), 100_000)).toBeNull();
  });

  it("is not what only cannot be satisfied", () => {
    expect(asked(`${apart(MOST_RANGES)},${"5000-,".repeat(100)}`)).toBe(asked(apart(MOST_RANGES)));
  });

  it.each(["bytes=0-,1-,2-,3-,4-", "bytes=0-499,500-999", "bytes=0-,0-,0-", "bytes=500-,0-600"])(
    "%s is the whole, and no part",
    (field) => {
      expect(asked(field)).toBeNull();
    },
  );
});

describe("a set of ranges of nothing", () => {
  it.each([
    ["bytes=0-0,5-9", "unsatisfiable"],
    ["bytes=-0,0-", "unsatisfiable"],
    // RFC 9110 section 14.1.2: a suffix that is not 0 is satisfiable, by no bytes at all.
    ["bytes=0-0,-5", null],
    ["bytes=-5", null],
  ] as const)("%s: %s", (field, answer) => {
    expect(asked(field, 0)).toBe(answer);
  });
});
