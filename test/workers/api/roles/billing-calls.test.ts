import { beforeAll, describe, expect, test, vi } from "vitest";
import type { TenantId } from "../../../../src/core/tenant.ts";
import { postgresUsage } from "../../../../src/platform/postgres/usage-ledger.ts";
import { batchOf, cellOf } from "../../../contracts/usage-batches.ts";
import { db, deployment, newTenantRow, operatorKey, personAs } from "./roles-world.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ask = deployment();
const DAY_MS = 86_400_000;
let acme: TenantId;
let customer = "";
const service = () => personAs("service", null);

const subscription = {
  id: "sub_1",
  state: "active",
  plan: "pro",
  period_end: "2026-12-20T12:00:00.000Z",
  ends_at: null,
};
const eventOf = (id: string, at: string, changes: object = {}) => {
  return {
    id: `${id}_${acme}`,
    kind: "customer.subscription.updated",
    at,
    customer,
    subscription: { ...subscription, ...changes },
  };
};
const tell = async (event: object) => await ask("POST", "/billing/events", { as: service(), body: event });
const planOf = async () => (await ask("GET", "/plan", { as: personAs("owner", acme) })).body.plan;

beforeAll(async () => {
  acme = await newTenantRow({ plan: "free" });
  customer = `cus_${acme}`;
});

describe("what the console tells of payments", () => {
  test("begins with the name that the tenant has over there, which stays", async () => {
    const path = `/tenants/${acme}/billing`;
    expect((await ask("GET", path, { as: service() })).body).toEqual({ customer: null, subscription: null });
    const bound = await ask("PATCH", path, { as: service(), body: { customer } });
    expect(bound).toMatchObject({ status: 200, body: { customer, subscription: null } });
    expect((await ask("PATCH", path, { as: service(), body: { customer: "cus_2" } })).body).toMatchObject({ customer });
  });

  test("gives the tenant its plan, once", async () => {
    const event = eventOf("evt_1", "2026-11-20T12:00:00.000Z");
    expect(await tell(event)).toMatchObject({ status: 200, body: { outcome: "applied", plan: "pro" } });
    expect((await tell(event)).body).toEqual({ outcome: "again", plan: "pro" });
    expect(await planOf()).toMatchObject({ id: "pro" });
    const known = await ask("GET", `/tenants/${acme}/billing`, { as: await operatorKey() });
    expect(known.body).toEqual({ customer, subscription });
  });

  test("is applied once of copies that come at once", async () => {
    const event = eventOf("evt_2", "2026-11-20T12:00:01.000Z", { plan: "scale" });
    const outcomes = await Promise.all([tell(event), tell(event)]);
    expect(outcomes.map(({ body }) => body.outcome).sort()).toEqual(["again", "applied"]);
    expect(await planOf()).toMatchObject({ id: "scale" });
  });

  test("is not applied over what is newer", async () => {
    const older = eventOf("evt_0", "2026-11-20T11:59:59.000Z", { state: "ended" });
    expect((await tell(older)).body).toEqual({ outcome: "older", plan: "scale" });
  });

  test("is written into the tenant's log, by nobody of its own", async () => {
    const { body } = await ask("GET", "/audit?action=billing.", { as: personAs("owner", acme) });
    expect(body.records).toMatchObject([
      { action: "billing.plan", actor: "schedule", who: null, detail: { before: "pro", plan: "scale" } },
      { action: "billing.plan", actor: "schedule", who: null, detail: { before: "free", plan: "pro" } },
    ]);
  });

  test("is nothing of a customer that nobody is", async () => {
    const foreign = { ...eventOf("evt_9", "2026-11-20T12:00:00.000Z"), customer: "cus_nobody" };
    expect((await tell(foreign)).body).toEqual({ outcome: "unknown", plan: null });
  });

  test.each([
    [{ subscription: { ...subscription, plan: "gold" } }, "plan"],
    [{ subscription: { ...subscription, state: "happy" } }, "subscription.state"],
    [{ at: "yesterday" }, "at"],
    [{ id: "a b" }, "id"],
    [{ more: 1 }, "more"],
  ])("is refused where it is not in form: %j", async (changes, field) => {
    const { status, body } = await tell({ ...eventOf("evt_8", "2026-11-20T12:00:00.000Z"), ...changes });
    expect([status, (body.error as { message: string }).message]).toEqual([400, expect.stringContaining(field)]);
  });

  test.each(["nobody", "a%00b"])("is about a tenant that there is: %s", async (id) => {
    for (const [method, body] of [
      ["GET", undefined],
      ["PATCH", { customer: "cus_3" }],
    ] as const) {
      expect((await ask(method, `/tenants/${id}/billing`, { as: service(), body })).status).toBe(404);
    }
  });
});

describe("what is told of usage", () => {
  test("is what was used since it is paid, until it has arrived", async () => {
    const since = new Date(Math.floor(Date.now() / 1000) * 1000 - 3 * DAY_MS).toISOString();
    const payer = await newTenantRow({ plan: "free" });
    await ask("PATCH", `/tenants/${payer}/billing`, { as: service(), body: { customer: `cus_${payer}` } });
    await tell({ ...eventOf("evt_3", since), id: `evt_${payer}`, customer: `cus_${payer}` });
    const yesterday = Date.now() - DAY_MS;
    const usage = postgresUsage(db);
    await usage.add([batchOf([cellOf(payer, yesterday, { hits: 5, delivered_bytes: 3e6 })], yesterday)]);
    await usage.rollUp();
    const meters = ["requests", "delivered_megabytes"];
    const claim = async () => {
      const { body } = await ask("POST", "/billing/reports", { as: service(), body: { meters } });
      return (body.reports as { identifier: string; customer: string }[]).filter(
        (each) => each.customer === `cus_${payer}`,
      );
    };
    const day = new Date(yesterday).toISOString().slice(0, 10);
    const reports = await claim();
    expect(reports).toMatchObject([
      { identifier: `${payer}:delivered_megabytes:${day}:1`, meter: "delivered_megabytes", day, value: 3 },
      { identifier: `${payer}:requests:${day}:1`, meter: "requests", day, value: 5 },
    ]);
    expect(await claim()).toEqual(reports);
    const told = { sent: reports.map(({ identifier }) => identifier), refused: [] };
    expect((await ask("PATCH", "/billing/reports", { as: service(), body: told })).body).toEqual({ status: "settled" });
    expect(await claim()).toEqual([]);
  });

  test("is of meters that there are", async () => {
    const { status } = await ask("POST", "/billing/reports", { as: service(), body: { meters: ["hours"] } });
    expect(status).toBe(400);
  });
});
