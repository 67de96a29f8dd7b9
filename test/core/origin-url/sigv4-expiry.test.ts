import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RawParameter } from "../../../src/core/origin-url/raw-url.ts";
import { sigV4Expiry } from "../../../src/core/origin-url/sigv4-expiry.ts";
import { NOON } from "../samples.ts";

const WEEK_SECONDS = 604_800;

function parameters(values: Record<string, string>): RawParameter[] {
  return Object.entries(values).map(([name, value]) => ({ name, value, raw: `${name}=${value}` }));
}

function expiry(date: string, expires: string): number | null {
  return sigV4Expiry(parameters({ "x-amz-date": date, "x-amz-expires": expires }), "x-amz-date", "x-amz-expires");
}

describe("a signed URL ends", () => {
  it.each([
    ["at its date plus its life", "3600", NOON + 3_600_000],
    ["after one second at the least", "1", NOON + 1000],
    ["at once when its life is 0", "0", NOON],
    ["after seven days at the most", String(WEEK_SECONDS), NOON + WEEK_SECONDS * 1000],
    ["at the same moment with leading zeros", "003600", NOON + 3_600_000],
  ])("%s", (_, expires, end) => {
    expect(expiry("20261120T120000Z", expires)).toBe(end);
  });

  it.each([
    ["over the end of a year", "20261231T235959Z", Date.UTC(2027, 0, 1)],
    ["over a leap day", "20280228T235959Z", Date.UTC(2028, 1, 29)],
  ])("%s", (_, date, end) => {
    expect(expiry(date, "1")).toBe(end);
  });

  it("by the names that its provider gives", () => {
    const list = parameters({ "x-goog-date": "20261120T120000Z", "x-goog-expires": "60", "x-amz-expires": "1" });
    expect(sigV4Expiry(list, "x-goog-date", "x-goog-expires")).toBe(NOON + 60_000);
  });

  it("by its date and life whatever they are", () => {
    const start = fc.integer({ min: 0, max: Date.UTC(2099, 11, 31) / 1000 });
    fc.assert(
      fc.property(start, fc.integer({ min: 0, max: WEEK_SECONDS }), (seconds, life) => {
        const date = new Date(seconds * 1000).toISOString().replace(/[-:]|\.000/g, "");
        expect(expiry(date, String(life))).toBe((seconds + life) * 1000);
      }),
    );
  });
});

describe("the end is not known", () => {
  it.each([
    ["of a life beyond seven days", "20261120T120000Z", "604801"],
    ["of a life of seven digits", "20261120T120000Z", "1000000"],
    ["of a negative life", "20261120T120000Z", "-1"],
    ["of a fraction", "20261120T120000Z", "3600.5"],
    ["of an exponent", "20261120T120000Z", "1e3"],
    ["of a hexadecimal life", "20261120T120000Z", "0x10"],
    ["of an empty life", "20261120T120000Z", ""],
    ["of spaces", "20261120T120000Z", " 3600"],
    ["of an ISO date with separators", "2026-11-20T12:00:00Z", "3600"],
    ["of a date alone", "20261120", "3600"],
    ["of a date without zone", "20261120T120000", "3600"],
    ["of month 13", "20261320T120000Z", "3600"],
    ["of day 32", "20261132T120000Z", "3600"],
    ["of February 30th", "20260230T120000Z", "3600"],
    ["of hour 25", "20261120T250000Z", "3600"],
    ["of minute 60", "20261120T126000Z", "3600"],
    ["of an empty date", "", "3600"],
    ["of digits that are not ASCII", "\u0662\u0660261120T120000Z", "3600"],
  ])("%s", (_, date, expires) => {
    expect(expiry(date, expires)).toBeNull();
  });

  it.each([
    ["no date", { "x-amz-expires": "3600" }],
    ["no life", { "x-amz-date": "20261120T120000Z" }],
    ["neither", {}],
  ])("where there is %s", (_, values: Record<string, string>) => {
    expect(sigV4Expiry(parameters(values), "x-amz-date", "x-amz-expires")).toBeNull();
  });
});
