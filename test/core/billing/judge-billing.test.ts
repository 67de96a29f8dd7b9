import { describe, expect, it } from "vitest";
import { type BillingEvent, judgeBilling } from "../../../src/core/billing/judge-billing.ts";
import { type Billing, isPaid, type Subscription } from "../../../src/core/billing/subscription.ts";
import type { OwnLimits } from "../../../src/core/plans/limits.ts";
import { NOON, SECOND } from "../samples.ts";

const PRO: Subscription = { id: "sub_1", state: "active", plan: "pro", periodEnd: NOON + 9e8, endsAt: null };
const NOTHING: Billing = { customer: "cus_1", subscription: null, payingSince: null, heardAt: null };
const PAID: Billing = { ...NOTHING, subscription: PRO, payingSince: NOON - 9e8, heardAt: NOON - 60 * SECOND };

const eventOf = (changes: Partial<Subscription> = {}, at = NOON): BillingEvent => {
  return { id: "evt_1", kind: "customer.subscription.updated", at, subscription: { ...PRO, ...changes } };
};
const judged = (event: BillingEvent, before: Billing, plan: string, own: OwnLimits = {}) => {
  const verdict = judgeBilling(event, before, { plan, own });
  return verdict.is === "older" ? "older" : [verdict.plan, verdict.kept];
};

describe("whether a plan is had", () => {
  it.each([
    ["pending", false],
    ["active", true],
    ["late", true],
    ["ended", false],
  ] as const)("of a subscription that is %s: %s", (state, isHad) => {
    expect(isPaid({ ...PRO, state })).toBe(isHad);
  });

  it("is not without a subscription", () => {
    expect(isPaid(null)).toBe(false);
  });
});

describe("what becomes of a tenant's plan", () => {
  it.each<[string, Billing, Partial<Subscription>, string, OwnLimits, unknown]>([
    ["a first payment gives it", NOTHING, {}, "free", {}, ["pro", null]],
    ["one that is under way does not yet", NOTHING, { state: "pending" }, "free", {}, [null, null]],
    ["another month changes nothing", PAID, {}, "pro", {}, [null, null]],
    ["a failed payment changes nothing while it is tried again", PAID, { state: "late" }, "pro", {}, [null, null]],
    ["a larger one is had at once", PAID, { plan: "scale" }, "pro", {}, ["scale", null]],
    ["a smaller one, too", { ...PAID, subscription: { ...PRO, plan: "scale" } }, {}, "scale", {}, ["pro", null]],
    ["the end gives the first plan back", PAID, { state: "ended" }, "pro", {}, ["free", null]],
    ["the end of what was never paid changes nothing", NOTHING, { state: "ended" }, "free", {}, [null, null]],
    ["an operator's own plan is not bought over", NOTHING, {}, "unmetered", {}, [null, "operators_plan"]],
    ["nor ended", PAID, { state: "ended" }, "unmetered", {}, [null, "operators_plan"]],
    [
      "what an operator gave beside the subscription stays at its end",
      PAID,
      { state: "ended" },
      "scale",
      {},
      [null, "operators_plan"],
    ],
    ["and when another month is paid", PAID, {}, "scale", {}, [null, null]],
    ["but not when something else is bought", PAID, { plan: "scale" }, "free", {}, ["scale", null]],
    ["limits of its own keep it at the end", PAID, { state: "ended" }, "pro", { keys: 9 }, [null, "own_limits"]],
    ["and stand beside what is bought", NOTHING, {}, "free", { keys: 9 }, ["pro", null]],
    [
      "a tenant that is back at the first plan stays there",
      PAID,
      { state: "ended" },
      "free",
      { keys: 9 },
      [null, null],
    ],
    ["a price that nobody knows gives nothing", NOTHING, { plan: null }, "free", {}, [null, "unknown_price"]],
    ["and takes nothing", PAID, { plan: null }, "pro", {}, [null, "unknown_price"]],
    [
      "a plan that is on offer no more is an operator's",
      PAID,
      { state: "ended" },
      "gold",
      {},
      [null, "operators_plan"],
    ],
  ])("%s", (_, before, changes, plan, own, outcome) => {
    expect(judged(eventOf(changes), before, plan, own)).toEqual(outcome);
  });
});

describe("the order of events", () => {
  it("counts by when they happened, whole seconds", () => {
    const before = { ...PAID, heardAt: NOON };
    expect(judged(eventOf({ state: "ended" }, NOON - SECOND), before, "pro")).toBe("older");
    expect(judged(eventOf({ state: "ended" }, NOON), before, "pro")).toEqual(["free", null]);
  });

  it("does not let the end of an old subscription end the one that is paid", () => {
    expect(judged(eventOf({ id: "sub_0", state: "ended" }), PAID, "pro")).toBe("older");
    expect(judged(eventOf({ id: "sub_0", state: "pending" }), PAID, "pro")).toBe("older");
  });

  it("lets a new subscription follow one that is over, or is paid", () => {
    const ended = { ...PAID, subscription: { ...PRO, state: "ended" as const }, payingSince: null };
    expect(judged(eventOf({ id: "sub_2" }), ended, "free")).toEqual(["pro", null]);
    expect(judged(eventOf({ id: "sub_2", plan: "scale" }), PAID, "pro")).toEqual(["scale", null]);
  });
});

describe("what is known afterwards", () => {
  const known = (event: BillingEvent, before: Billing) => {
    const verdict = judgeBilling(event, before, { plan: "pro", own: {} });
    return verdict.is === "news" ? verdict.billing : null;
  };

  it("is the subscription as it was told, and when", () => {
    const told = { endsAt: NOON + 5 * SECOND, periodEnd: null };
    expect(known(eventOf(told), PAID)).toEqual({
      ...{ customer: "cus_1", subscription: { ...PRO, ...told } },
      ...{ payingSince: PAID.payingSince, heardAt: NOON },
    });
  });

  it("is since when it is paid, without a break", () => {
    expect(known(eventOf(), NOTHING)?.payingSince).toBe(NOON);
    expect(known(eventOf({ state: "late" }), PAID)?.payingSince).toBe(PAID.payingSince);
    expect(known(eventOf({ state: "ended" }), PAID)?.payingSince).toBeNull();
  });

  it("is still the plan of a price that is no longer in the settings", () => {
    expect(known(eventOf({ plan: null }), PAID)?.subscription?.plan).toBe("pro");
    expect(known(eventOf({ plan: null }), NOTHING)?.subscription?.plan).toBeNull();
  });
});
