import { describe, expect, it } from "vitest";
import { bindCustomer, describeBilling } from "../../../src/app/billing/billing.ts";
import { hearBilling } from "../../../src/app/billing/hear-event.ts";
import { claimReports, settleReports } from "../../../src/app/billing/usage-reports.ts";
import type { AuditBy } from "../../../src/core/audit.ts";
import type { BillingEvent } from "../../../src/core/billing/judge-billing.ts";
import type { Subscription } from "../../../src/core/billing/subscription.ts";
import { NOON, SECOND, tenantId } from "../../core/samples.ts";
import { fakeAuditLog } from "../../fakes/audit-log.ts";
import { fakeBilling, fakeBillingReports } from "../../fakes/billing.ts";
import { MUCH, plansWorld } from "../plans/plans-world.ts";
import { ACME } from "../world.ts";

const BY: AuditBy = { actor: "schedule", address: null, requestId: "r1" };
const PRO: Subscription = { id: "sub_1", state: "active", plan: "pro", periodEnd: NOON + 9e8, endsAt: null };
const eventOf = (id: string, changes: Partial<Subscription> = {}, at = NOON): BillingEvent => {
  return { id, kind: "customer.subscription.updated", at, subscription: { ...PRO, ...changes } };
};

async function unreachable(): Promise<never> {
  throw new Error("Postgres is away");
}

async function billingWorld() {
  const world = await plansWorld();
  const audit = fakeAuditLog();
  const billing = fakeBilling({ accounts: world.accounts, audit });
  const reports = fakeBillingReports({ accounts: world.accounts, billing });
  const parts = { ...world, audit, billing, reports };
  await bindCustomer(ACME.id, "cus_1", parts);
  const hear = (event: BillingEvent, customer = "cus_1") => hearBilling(customer, event, BY, parts);
  return { ...parts, hear, log: () => audit.records.map(({ action, detail }) => [action, detail]) };
}

describe("what is heard of a payment", () => {
  it("gives the tenant its plan, with all that hangs on it, and is written into the log", async () => {
    const world = await billingWorld();
    world.counters.used.set(ACME.id, MUCH);
    expect(await world.hear(eventOf("evt_1"))).toEqual({ outcome: "applied", plan: "pro" });
    expect(world.accounts.rows[0]).toMatchObject({ plan: "pro", maxObjectBytes: 100e9, standing: "good" });
    expect(world.directory.forgotten).toContainEqual({ by: "id", value: ACME.id });
    const facts = { event: "evt_1", subscription: "active", bought: "pro" };
    expect(world.log()).toEqual([["billing.plan", { ...facts, before: "free", plan: "pro" }]]);
    expect(world.audit.records[0]).toMatchObject({ tenant: ACME.id, ...BY });
  });

  it("counts once, however often and however many at once it is told", async () => {
    const world = await billingWorld();
    const outcomes = await Promise.all([1, 2, 3].map(() => world.hear(eventOf("evt_1"))));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["again", "again", "applied"]);
    expect(await world.hear(eventOf("evt_1"))).toEqual({ outcome: "again", plan: "pro" });
    expect(world.log()).toHaveLength(1);
  });

  it("is decided anew where another event was applied meanwhile", async () => {
    const world = await billingWorld();
    await Promise.all([world.hear(eventOf("evt_2", { plan: "scale" }, NOON + SECOND)), world.hear(eventOf("evt_1"))]);
    expect(world.accounts.rows[0]?.plan).toBe("scale");
    expect(world.billing.heard.size).toBe(2);
  });

  it("changes nothing when it comes after newer ones, and is not told again", async () => {
    const world = await billingWorld();
    await world.hear(eventOf("evt_2", { state: "ended" }, NOON + SECOND));
    expect(await world.hear(eventOf("evt_1"))).toEqual({ outcome: "older", plan: "free" });
    expect(await world.hear(eventOf("evt_1"))).toEqual({ outcome: "again", plan: "free" });
    expect(world.log().map(([action]) => action)).toEqual(["billing.subscription"]);
  });

  it("takes the plan back at the end, and the tenant is judged by what it has then", async () => {
    const world = await billingWorld();
    await world.hear(eventOf("evt_1"));
    world.counters.used.set(ACME.id, MUCH);
    expect(await world.hear(eventOf("evt_2", { state: "ended" }, NOON + SECOND))).toMatchObject({ plan: "free" });
    expect(world.accounts.rows[0]).toMatchObject({ maxObjectBytes: 1e9, standing: { over: "requests" } });
  });

  it("leaves what an operator has given, and says so in the log", async () => {
    const world = await billingWorld();
    await world.accounts.change(ACME.id, { plan: "unmetered" });
    expect(await world.hear(eventOf("evt_1"))).toEqual({ outcome: "applied", plan: "unmetered" });
    expect(world.log()).toEqual([
      ["billing.plan_kept", expect.objectContaining({ plan: "unmetered", bought: "pro", why: "operators_plan" })],
    ]);
  });

  it("keeps the largest object that was agreed with the tenant alone", async () => {
    const world = await billingWorld();
    await world.accounts.change(ACME.id, { own: { maxObjectBytes: 7 } });
    await world.hear(eventOf("evt_1"));
    expect(world.accounts.rows[0]).toMatchObject({ plan: "pro", own: { maxObjectBytes: 7 }, maxObjectBytes: 7 });
  });

  it("is nothing to us of a customer that nobody here is", async () => {
    const world = await billingWorld();
    expect(await world.hear(eventOf("evt_1"), "cus_2")).toEqual({ outcome: "unknown", plan: null });
    expect(world.billing.heard.size).toBe(0);
  });

  it("is refused for a plan that there is not", async () => {
    const world = await billingWorld();
    await expect(world.hear(eventOf("evt_1", { plan: "gold" }))).rejects.toMatchObject({ code: "INVALID_FIELD" });
  });

  it("has to be told again when nobody can write it down, or it changes all the time", async () => {
    const world = await billingWorld();
    const away = { ...world, billing: { ...world.billing, apply: unreachable } };
    await expect(hearBilling("cus_1", eventOf("evt_1"), BY, away)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const busy = { ...world, billing: { ...world.billing, apply: async () => "outrun" as const } };
    await expect(hearBilling("cus_1", eventOf("evt_1"), BY, busy)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(world.accounts.rows[0]?.plan).toBe("free");
  });
});

describe("who is about to pay", () => {
  it("is known by the first name that was told, and by none before", async () => {
    const world = await billingWorld();
    expect(await bindCustomer(ACME.id, "cus_other", world)).toMatchObject({ customer: "cus_1" });
    expect(await describeBilling(ACME.id, world)).toMatchObject({ customer: "cus_1", subscription: null });
  });

  it("is a tenant", async () => {
    const world = await billingWorld();
    const nobody = tenantId("nobody");
    await expect(bindCustomer(nobody, "cus_9", world)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(describeBilling(nobody, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("what is told of usage", () => {
  it("is what was used under the plan that is paid, until it has arrived", async () => {
    const world = await billingWorld();
    await world.hear(eventOf("evt_1", {}, NOON - 4 * 86_400_000));
    world.reports.days.push({ tenant: ACME.id, day: "2026-11-19", counts: { hits: 4 } });
    const { due } = await claimReports(["requests"], world);
    expect(due).toMatchObject([{ identifier: `${ACME.id}:requests:2026-11-19:1`, customer: "cus_1", value: 4 }]);
    await settleReports({ sent: due.map(({ identifier }) => identifier), refused: [] }, world);
    expect(await claimReports(["requests"], world)).toEqual({ due: [], held: 0 });
  });

  it("waits for who can say", async () => {
    const world = await billingWorld();
    const away = { ...world, reports: { claim: unreachable, settle: unreachable } };
    await expect(claimReports([], away)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await expect(settleReports({ sent: [], refused: [] }, away)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
