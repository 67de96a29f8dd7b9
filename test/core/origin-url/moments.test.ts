import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  calendarTime,
  epochMilliseconds,
  epochSeconds,
  hexSeconds,
  isoTime,
} from "../../../src/core/origin-url/moments.ts";
import { isTellingExpiry } from "../../../src/core/origin-url/telling-expiry.ts";
import { NOON } from "../samples.ts";

describe("a moment", () => {
  it.each([
    ["0", 0],
    ["1795208014", 1_795_208_014_000],
    ["16730323200", Date.UTC(2500, 2, 1)],
    ["0001795208014", null],
    ["1795208014000", null],
    ["", "unreadable"],
    ["-1", "unreadable"],
    ["1e9", "unreadable"],
    ["1795208014.5", "unreadable"],
    ["tomorrow", "unreadable"],
    [null, null],
  ])("in seconds is %s", (text, moment) => {
    expect(epochSeconds(text)).toBe(moment);
  });

  it.each([
    ["1795208014000", 1_795_208_014_000],
    ["179520801400000", null],
    ["x", "unreadable"],
    [null, null],
  ])("in milliseconds is %s", (text, moment) => {
    expect(epochMilliseconds(text)).toBe(moment);
  });

  it.each([
    ["667ed4eb", Date.UTC(2024, 5, 28, 15, 21, 15)],
    ["667ED4EB", Date.UTC(2024, 5, 28, 15, 21, 15)],
    ["0x66", "unreadable"],
    ["", "unreadable"],
    ["6666666666", "unreadable"],
    [null, null],
  ])("in hexadecimal seconds is %s", (text, moment) => {
    expect(hexSeconds(text)).toBe(moment);
  });

  it.each([
    ["2026-11-20", Date.UTC(2026, 10, 20)],
    ["2026-11-20T12:00Z", NOON],
    ["2026-11-20T12:00:00Z", NOON],
    ["2026-11-20T12:00:00", NOON],
    ["2026-11-20T12:00:00.1234567Z", NOON],
    ["2020-02-29T13:49:21Z", Date.UTC(2020, 1, 29, 13, 49, 21)],
    ["2021-02-29T13:49:21Z", "unreadable"],
    ["2026-13-01", "unreadable"],
    ["2026-11-20T24:00Z", "unreadable"],
    ["2026-11-20T12:00:00+01:00", "unreadable"],
    ["20261120T120000Z", "unreadable"],
    ["2026-11-20 12:00", "unreadable"],
    ["", "unreadable"],
    [null, null],
  ])("in ISO 8601 is %s", (text, moment) => {
    expect(isoTime(text)).toBe(moment);
  });

  it("is read back from any date of the calendar", () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true }), (date) => {
        const seconds = Math.floor(date.getTime() / 1000);
        expect(isoTime(new Date(seconds * 1000).toISOString())).toBe(seconds * 1000);
      }),
    );
  });

  it.each([[[2026, 4, 31]], [[2026, 0, 1]], [[2026, 1, 0]], [[2026, 1, 1, 0, 60]], [[2026, 1, 1, 0, 0, 60]]])(
    "is none at %j",
    (fields) => {
      expect(calendarTime(fields)).toBe("unreadable");
    },
  );
});

describe("an expiry", () => {
  it.each([
    [null, false],
    [NOON - 1, true],
    [NOON, true],
    [Date.UTC(2046, 10, 19), true],
    [Date.UTC(2046, 10, 22), false],
    [Date.UTC(3213, 8, 1), false],
  ])("of %s tells something: %s", (expiresAt, telling) => {
    expect(isTellingExpiry(expiresAt, NOON)).toBe(telling);
  });
});
