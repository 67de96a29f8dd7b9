import { describe, expect, it } from "vitest";
import { dayOf, everyStoredDay } from "../../../src/core/usage/stored-days.ts";
import { HOUR, NOON } from "../samples.ts";

describe("a day", () => {
  it.each([
    [Date.UTC(2026, 10, 20), "2026-11-20"],
    [Date.UTC(2026, 10, 20, 23, 59, 59, 999), "2026-11-20"],
    [Date.UTC(2028, 1, 29, 12), "2028-02-29"],
  ])("begins at midnight, UTC: %i", (time, day) => {
    expect(dayOf(time)).toBe(day);
  });
});

describe("what lay here day by day", () => {
  const at = (day: string, storedBytes: number) => ({ day, storedBytes });

  it("is nothing before the first row, and today what lies here now", () => {
    expect(everyStoredDay([], 7, 3, NOON)).toEqual([at("2026-11-18", 0), at("2026-11-19", 0), at("2026-11-20", 7)]);
  });

  it("is what the day before had where nobody looked", () => {
    const known = [at("2026-11-16", 5), at("2026-11-18", 9)];
    expect(everyStoredDay(known, 1, 6, NOON).map(({ storedBytes }) => storedBytes)).toEqual([0, 5, 5, 9, 9, 1]);
  });

  it("is not what was written down of today: it may have changed since", () => {
    expect(everyStoredDay([at("2026-11-20", 5)], 0, 1, NOON)).toEqual([at("2026-11-20", 0)]);
  });

  it("has as many days as are asked for, also across a month's end and at midnight", () => {
    const days = everyStoredDay([], 0, 30, Date.UTC(2026, 2, 1)).map(({ day }) => day);
    expect([days.length, days[0], days.at(-1)]).toEqual([30, "2026-01-31", "2026-03-01"]);
    expect(new Set(days).size).toBe(30);
    expect(everyStoredDay([], 0, 1, NOON + 12 * HOUR)[0]?.day).toBe("2026-11-21");
  });
});
