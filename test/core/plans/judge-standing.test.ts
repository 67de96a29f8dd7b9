import { describe, expect, it } from "vitest";
import { type Counters, judgeStanding, monthsEnd, sameStanding } from "../../../src/core/plans/judge-standing.ts";
import type { Standing } from "../../../src/core/plans/standing.ts";
import { NOON } from "../samples.ts";

const NOTHING: Counters = { requests: 0, deliveredBytes: 0, storedBytes: 0 };
const FREE = { plan: "free", own: {}, suspended: false };
const DECEMBER = Date.UTC(2026, 11, 1);

describe("how a tenant stands", () => {
  it.each<[string, Partial<Counters>, Standing]>([
    ["nothing", {}, "good"],
    ["the last request of its plan", { requests: 1_000_000 }, "good"],
    ["one more", { requests: 1_000_001 }, { over: "requests", allowed: 1_000_000, until: DECEMBER }],
    ["the last byte", { deliveredBytes: 100e9 }, "good"],
    ["one byte more", { deliveredBytes: 100e9 + 1 }, { over: "deliveredBytes", allowed: 100e9, until: DECEMBER }],
    ["more stored than it may", { storedBytes: 10e9 + 1 }, { over: "storedBytes", allowed: 10e9, until: null }],
    [
      "too much of everything",
      { requests: 9e9, deliveredBytes: 9e15, storedBytes: 9e15 },
      { over: "requests", allowed: 1_000_000, until: DECEMBER },
    ],
  ])("under a hard plan that has used %s", (_, used, standing) => {
    expect(judgeStanding(FREE, { ...NOTHING, ...used }, NOON)).toEqual(standing);
  });

  const MUCH: Counters = { requests: 1e15, deliveredBytes: 1e15, storedBytes: 1e15 };

  it.each(["pro", "scale", "unmetered", "of yesterday"])(
    "is good under the soft plan %s, whatever it has used",
    (plan) => {
      expect(judgeStanding({ ...FREE, plan }, MUCH, NOON)).toBe("good");
    },
  );

  it("is judged by a limit of its own, which is hard under every plan", () => {
    const account = { ...FREE, plan: "unmetered", own: { deliveredBytes: 5 } };
    expect(judgeStanding(account, { ...MUCH, deliveredBytes: 5 }, NOON)).toBe("good");
    expect(judgeStanding(account, { ...NOTHING, deliveredBytes: 6 }, NOON)).toEqual({
      ...{ over: "deliveredBytes", allowed: 5, until: DECEMBER },
    });
  });

  it("is good where a limit of its own lifts the plan's", () => {
    const own = { requests: null, deliveredBytes: null, storedBytes: null };
    expect(judgeStanding({ ...FREE, own }, MUCH, NOON)).toBe("good");
  });

  it("is over at once where nothing is allowed", () => {
    const account = { ...FREE, own: { requests: 0 } };
    expect(judgeStanding(account, NOTHING, NOON)).toBe("good");
    expect(judgeStanding(account, { ...NOTHING, requests: 1 }, NOON)).toMatchObject({ over: "requests" });
  });

  it("is suspended, whatever it has used", () => {
    for (const used of [NOTHING, MUCH]) {
      expect(judgeStanding({ ...FREE, suspended: true }, used, NOON)).toEqual({
        over: "suspended",
        allowed: null,
        until: null,
      });
    }
  });
});

describe("the end of a month", () => {
  it.each([
    ["2026-11-20T12:00:00Z", "2026-12-01T00:00:00Z"],
    ["2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z"],
    ["2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00Z"],
    ["2028-02-29T12:00:00Z", "2028-03-01T00:00:00Z"],
    ["2026-01-31T12:00:00Z", "2026-02-01T00:00:00Z"],
  ])("of %s is %s", (now, end) => {
    expect(monthsEnd(Date.parse(now))).toBe(Date.parse(end));
  });
});

describe("two judgements", () => {
  const over = { over: "requests", allowed: null, until: 1 } as const;
  it.each<[Standing, Standing, boolean]>([
    ["good", "good", true],
    ["good", over, false],
    [over, "good", false],
    [over, { ...over }, true],
    [over, { ...over, until: 2 }, false],
    [over, { ...over, allowed: 2 }, false],
    [over, { ...over, over: "storedBytes" }, false],
  ])("%j and %j say the same: %s", (one, other, same) => {
    expect(sameStanding(one, other)).toBe(same);
  });
});
