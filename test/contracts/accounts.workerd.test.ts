import { eq } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import { postgresAccounts } from "../../src/platform/postgres/accounts.ts";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresMonthCounters } from "../../src/platform/postgres/month-counters.ts";
import { entries, tenants } from "../../src/platform/postgres/schema.ts";
import { postgresTenants } from "../../src/platform/postgres/tenant-directory.ts";
import { NOON } from "../core/samples.ts";
import { accountsContract } from "./accounts.contract.ts";
import { newTenant } from "./keys.ts";

const db = connect(inject("services").database);

accountsContract("Postgres", async () => postgresAccounts(db));

test.each([
  [null, null, null],
  [5, null, 5],
  [null, 7, 7],
  [5, 7, 5],
  [7, 5, 5],
])("the directory gives the least of what tenant and plan say of an object: %j and %j", async (own, plans, least) => {
  const id = newTenant();
  await db.insert(tenants).values({ id, site: id, maxObjectBytes: own, planObjectBytes: plans });
  expect((await postgresTenants(db).find({ by: "id", value: id }))?.fill.maxObjectBytes).toBe(least);
});

test("the directory tells how a tenant stands", async () => {
  const id = newTenant();
  await db.insert(tenants).values({ id, site: id });
  await postgresAccounts(db).judge(id, { over: "suspended", allowed: null, until: null });
  const standing = async () => (await postgresTenants(db).find({ by: "id", value: id }))?.standing;
  expect(await standing()).toEqual({ over: "suspended", allowed: null, until: null });
  await postgresAccounts(db).judge(id, "good");
  expect(await standing()).toBe("good");
});

test("of a tenant from before there were plans nothing is limited", async () => {
  const id = newTenant();
  await db.insert(tenants).values({ id, site: id });
  expect(await postgresAccounts(db).find(id)).toMatchObject({ plan: "unmetered", own: {}, standing: "good" });
});

test("what tenants have stored is counted by tenant", async () => {
  const [mine, other, none] = [newTenant(), newTenant(), newTenant()];
  await db.insert(tenants).values([mine, other, none].map((id) => ({ id, site: id })));
  const entry = (tenantId: string, id: string, size: number | null) => ({
    ...{ tenantId, id, size, publicKey: id, state: "ready" as const, fence: 1, boundTo: "identity", trusted: true },
    ...{ sourceUrl: "https://a.example/a", createdAt: new Date(), updatedAt: new Date() },
  });
  await db
    .insert(entries)
    .values([entry(mine, "a", 5e12), entry(mine, "b", 7), entry(mine, "c", null), entry(other, "a", 1)]);
  const counted = await postgresMonthCounters(db).of([mine, none], NOON);
  expect([...counted]).toEqual([[mine, { requests: 0, deliveredBytes: 0, storedBytes: 5e12 + 7 }]]);
  expect(await postgresMonthCounters(db).of([], NOON)).toEqual(new Map());
  await db.delete(tenants).where(eq(tenants.id, other));
});
