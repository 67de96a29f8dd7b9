import { describe, expect, it } from "vitest";
import { addCounts, COUNTERS, type Counts, countsOf } from "../../../src/core/usage/counters.ts";
import type { UsageEvent } from "../../../src/core/usage/event.ts";
import { BYPASS_REASONS, REFUSAL_REASONS } from "../../../src/core/usage/reasons.ts";
import { newKey, newTenant } from "../../contracts/keys.ts";

const key = newKey();
const tenant = newTenant();
const of = { key, rule: 7 };

describe("an event", () => {
  it.each<[string, UsageEvent, Counts]>([
    ["a hit whose bytes we send", { kind: "hit", ...of, assumed: null }, { hits: 1 }],
    [
      "a hit whose bytes the store sends",
      { kind: "hit", ...of, assumed: 1000 },
      { hits: 1, assumed_deliveries: 1, assumed_bytes: 1000 },
    ],
    [
      "a hit on an empty copy that the store sends",
      { kind: "hit", ...of, assumed: 0 },
      { hits: 1, assumed_deliveries: 1, assumed_bytes: 0 },
    ],
    ["a miss", { kind: "miss", ...of }, { misses: 1 }],
    ["a whole delivery", { kind: "delivery", ...of, status: 200, bytes: 5 }, { deliveries: 1, delivered_bytes: 5 }],
    ["a part", { kind: "delivery", ...of, status: 206, bytes: 5 }, { deliveries: 1, delivered_bytes: 5 }],
    ["an answer that nothing changed", { kind: "delivery", ...of, status: 304, bytes: 0 }, { unchanged: 1 }],
    ["a range that is not there", { kind: "delivery", ...of, status: 416, bytes: 0 }, {}],
    [
      "a delivery of no entry",
      { kind: "delivery", tenant, status: 200, bytes: 5 },
      { deliveries: 1, delivered_bytes: 5 },
    ],
    ["its bytes that were taken", { kind: "delivered", tenant, bytes: 9 }, { delivered_bytes: 9 }],
    ["bytes that were taken", { kind: "delivered", ...of, bytes: 9 }, { delivered_bytes: 9 }],
    ["a download that passes", { kind: "pass", ...of }, { passes: 1 }],
    ["its bytes", { kind: "passed", ...of, bytes: 3 }, { passed_bytes: 3 }],
    ["bytes of an origin", { kind: "transfer", ...of, bytes: 4 }, { origin_bytes: 4 }],
    ["a fill", { kind: "fill", ...of, bytes: 6 }, { fills: 1, filled_bytes: 6 }],
    ["a fill that failed", { kind: "fill-failed", ...of, code: "TIMEOUT", attempts: 6 }, { failed_fills: 1 }],
    ["a purge", { kind: "purge", ...of }, { purges: 1 }],
    ["an upload", { kind: "upload", tenant, bytes: 8 }, { uploads: 1, uploaded_bytes: 8 }],
    ["an asset", { kind: "asset", tenant, bytes: 8 }, { assets: 1, asset_bytes: 8 }],
  ])("%s counts", (_, event, counts) => {
    expect(countsOf(event)).toEqual(counts);
  });

  it.each(BYPASS_REASONS)("a bypass counts by its reason: %s", (reason) => {
    expect(countsOf({ kind: "bypass", ...of, reason })).toEqual({ [`bypass_${reason}`]: 1 });
  });

  it.each(REFUSAL_REASONS)("a refusal counts by its reason: %s", (reason) => {
    expect(countsOf({ kind: "refusal", tenant, reason })).toEqual({ [`refused_${reason}`]: 1 });
  });
});

describe("counters", () => {
  it("each have a name of their own, which a column may have", () => {
    expect(new Set(COUNTERS).size).toBe(COUNTERS.length);
    for (const name of COUNTERS) expect(name).toMatch(/^[a-z][a-z_]{3,30}$/);
  });

  it("are added, as often as somebody says", () => {
    const sum: Counts = { hits: 1 };
    addCounts(sum, { hits: 2, misses: 3 });
    addCounts(sum, { misses: 5 }, 2);
    expect(sum).toEqual({ hits: 3, misses: 13 });
  });
});
