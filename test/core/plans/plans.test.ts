import { describe, expect, it } from "vitest";
import { SCOPES } from "../../../src/core/people/scopes.ts";
import { LIMITS } from "../../../src/core/plans/limits.ts";
import { FIRST_PLAN, limitsOf, PLANS, planOf } from "../../../src/core/plans/plans.ts";
import { isRefusedAside } from "../../../src/core/plans/refusal.ts";
import { readStanding } from "../../../src/core/plans/standing.ts";

describe("the plans", () => {
  it("have ids, and each but the agreed one a price", () => {
    expect(new Set(PLANS.map(({ id }) => id)).size).toBe(PLANS.length);
    for (const { offered, priceCents } of PLANS) expect(priceCents !== null).toBe(offered);
    expect(planOf(FIRST_PLAN)).toMatchObject({ priceCents: 0, hard: true, offered: true });
    expect(planOf("nobodys")).toBeNull();
  });

  it("give more the more they cost, of everything", () => {
    const offered = PLANS.filter((plan) => plan.offered);
    for (const [at, plan] of offered.entries()) {
      const next = offered[at + 1];
      if (!next) continue;
      expect(next.priceCents ?? 0).toBeGreaterThan(plan.priceCents ?? 0);
      for (const name of LIMITS) {
        expect(next.limits[name] ?? Number.POSITIVE_INFINITY).toBeGreaterThan(plan.limits[name] ?? 0);
      }
    }
  });

  it("have whole numbers as limits", () => {
    for (const { limits } of PLANS) {
      expect(Object.keys(limits).sort()).toEqual([...LIMITS].sort());
      for (const limit of Object.values(limits)) expect(limit === null || Number.isSafeInteger(limit)).toBe(true);
    }
  });
});

describe("a tenant's limits", () => {
  it("are its plan's, but for those of its own", () => {
    const { limits } = planOf("free") ?? {};
    expect(limitsOf("free", {})).toEqual(limits);
    expect(limitsOf("free", { keys: 100, requests: null })).toEqual({ ...limits, keys: 100, requests: null });
  });

  it("of a plan that is not there any more are its own alone", () => {
    const limits = limitsOf("of yesterday", { keys: 1 });
    expect(Object.entries(limits).filter(([, limit]) => limit !== null)).toEqual([["keys", 1]]);
  });
});

describe("who stands aside", () => {
  it("takes nothing more in over a limit, and does all the rest", () => {
    const refused = SCOPES.filter((scope) =>
      isRefusedAside({ over: "storedBytes", allowed: null, until: null }, scope),
    );
    expect(refused).toEqual(["preload:write", "links:write"]);
  });

  it("may only look and pay when suspended", () => {
    const allowed = SCOPES.filter((scope) => !isRefusedAside({ over: "suspended", allowed: null, until: null }, scope));
    expect(allowed).toEqual([
      ...["cache:read", "settings:read", "usage:read", "billing:write", "audit:read"],
      "assets:read",
    ]);
  });

  it.each([null, undefined])("is not who was kept with %j", (stored) => {
    expect(readStanding(stored)).toBe("good");
  });
});
