import { describe, expect, it } from "vitest";
import { detailStart, periodStart, usageSpan } from "../../../src/core/usage/report.ts";
import { HOUR, MINUTE, NOON } from "../samples.ts";

const DAY = 24 * HOUR;

describe("a period", () => {
  it.each([
    ["hour", NOON + 59 * MINUTE, NOON],
    ["hour", NOON, NOON],
    ["day", NOON, Date.UTC(2026, 10, 20)],
    ["day", Date.UTC(2026, 10, 20) - 1, Date.UTC(2026, 10, 19)],
    ["month", NOON, Date.UTC(2026, 10)],
    ["month", Date.UTC(2028, 1, 29, 23), Date.UTC(2028, 1)],
  ] as const)("of a %s begins where its first moment is", (by, time, start) => {
    expect(periodStart(time, by)).toBe(start);
  });
});

describe("a span", () => {
  it.each([
    ["hour", NOON - 23 * HOUR, NOON + HOUR],
    ["day", Date.UTC(2026, 9, 22), Date.UTC(2026, 10, 21)],
    ["month", Date.UTC(2025, 11), Date.UTC(2026, 11)],
  ] as const)("that nobody names is of the last %ss, and of this one", (by, from, to) => {
    expect(usageSpan({ from: null, to: null, by }, NOON)).toEqual({ from, to, by });
  });

  it("of months begins with a month, however many days the last one has", () => {
    const to = Date.UTC(2026, 2, 31, 12);
    const span = usageSpan({ from: null, to, by: "month" }, NOON);
    expect(span).toMatchObject({ from: Date.UTC(2025, 3), to: Date.UTC(2026, 3) });
  });

  it("is of whole periods, from the one that its first moment is in to the one that its last is in", () => {
    const span = { from: NOON + MINUTE, to: NOON + DAY, by: "day" } as const;
    const [first, last] = [Date.UTC(2026, 10, 20), Date.UTC(2026, 10, 22)];
    expect(usageSpan(span, NOON)).toEqual({ from: first, to: last, by: "day" });
  });

  it("ends before the period that begins when it ends", () => {
    const span = { from: NOON, to: NOON + 2 * HOUR, by: "hour" } as const;
    expect(usageSpan(span, NOON)).toEqual(span);
  });
});

describe("detail", () => {
  it("is known for 35 whole days", () => {
    expect(detailStart(NOON)).toBe(Date.UTC(2026, 9, 16));
  });
});
