import { describe, expect, it } from "vitest";
import { MEASURES, METERS, reportSpan } from "../../../src/core/billing/meters.ts";
import { HOUR, NOON } from "../samples.ts";

describe("the days that may be told of", () => {
  it("are those that are over, as far back as the other side takes them", () => {
    expect(reportSpan(NOON)).toEqual({ from: "2026-10-17", to: "2026-11-20", triedSince: NOON - 23 * HOUR });
  });

  it.each([
    ["2026-11-20T00:00:00Z", "2026-11-20"],
    ["2026-11-19T23:59:59.999Z", "2026-11-19"],
    ["2028-03-01T00:00:00Z", "2028-03-01"],
  ])("end, at %s, before %s", (now, day) => {
    expect(reportSpan(Date.parse(now)).to).toBe(day);
  });

  it("never begin more than 35 days ago", () => {
    for (let hour = 0; hour < 48; hour += 1) {
      const now = NOON + hour * HOUR;
      expect(now - Date.parse(reportSpan(now).from)).toBeLessThan(35 * 24 * HOUR);
    }
  });
});

describe("the meters", () => {
  it("count what plans are held against, and nothing that the plan itself turned away", () => {
    expect(Object.keys(MEASURES)).toEqual([...METERS]);
    expect(MEASURES.requests.counters).toContain("hits");
    expect(MEASURES.requests.counters).not.toContain("bypass_over_limit");
    expect(MEASURES.delivered_megabytes.counters).toEqual(["delivered_bytes", "assumed_bytes", "passed_bytes"]);
  });

  it("fit into an identifier together with the longest id of a tenant", () => {
    for (const meter of METERS) expect(`${"x".repeat(64)}:${meter}:2026-11-20:99`.length).toBeLessThanOrEqual(100);
  });
});
