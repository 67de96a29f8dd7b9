import { eq } from "drizzle-orm";
import { expect, inject, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import { postgresAccounts } from "../../src/platform/postgres/accounts.ts";
import { postgresAssets } from "../../src/platform/postgres/assets.ts";
import { connect } from "../../src/platform/postgres/database.ts";
import { postgresMonthCounters } from "../../src/platform/postgres/month-counters.ts";
import { entries, tenants } from "../../src/platform/postgres/schema.ts";
import { assetContents } from "../../src/platform/postgres/schema-assets.ts";
import { postgresTenants } from "../../src/platform/postgres/tenant-directory.ts";
import { postgresUploads } from "../../src/platform/postgres/uploads.ts";
import { postgresUsage } from "../../src/platform/postgres/usage-ledger.ts";
import { NOON } from "../core/samples.ts";
import { accountsContract } from "./accounts.contract.ts";
import { newTenant } from "./keys.ts";
import { chunk, newPlan, RESULT } from "./uploads.contract.ts";
import { batchOf, cellOf } from "./usage-batches.ts";

const { database } = inject("services");
const db = connect(database);

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
  expect((await postgresTenants(database).find({ by: "id", value: id }))?.fill.maxObjectBytes).toBe(least);
});

test("the directory tells how a tenant stands", async () => {
  const id = newTenant();
  await db.insert(tenants).values({ id, site: id });
  await postgresAccounts(db).judge(id, { over: "suspended", allowed: null, until: null });
  const standing = async () => (await postgresTenants(database).find({ by: "id", value: id }))?.standing;
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
  expect(counted.get(mine)).toEqual({ requests: 0, deliveredBytes: 0, storedBytes: 5e12 + 7 });
  expect(counted.get(none)).toEqual({ requests: 0, deliveredBytes: 0, storedBytes: 0 });
  expect(counted.has(other)).toBe(false);
  expect(await postgresMonthCounters(db).of([], NOON)).toEqual(new Map());
  await db.delete(tenants).where(eq(tenants.id, other));
});

test("what their assets have in the store is counted with it, as long as anything refers to it", async () => {
  const mine = newTenant();
  await db.insert(tenants).values({ id: mine, site: mine });
  const now = new Date();
  const content = (size: number | null, releasedAt: Date | null) => ({
    ...{ id: newTenant(), tenantId: mine, assetId: "asset-1", objectKey: newTenant(), createdAt: now, releasedAt },
    ...(size !== null && { size, sha256: "0".repeat(64), storedAt: now }),
  });
  await db.insert(assetContents).values([content(5e12, null), content(7, null), content(null, null), content(9, now)]);
  expect((await postgresMonthCounters(db).of([mine], NOON)).get(mine)?.storedBytes).toBe(5e12 + 7);
});

test("what they have uploaded is counted with it, whole or not, and an asset made of it once", async () => {
  const mine = newTenant();
  await db.insert(tenants).values({ id: mine, site: mine });
  const uploads = postgresUploads(db);
  const begun = async () => {
    const plan = newPlan(mine as TenantId);
    await uploads.begin(plan);
    await uploads.keepChunk(plan, chunk(0), NOON);
    return plan;
  };
  const stored = async () => (await postgresMonthCounters(db).of([mine], NOON)).get(mine)?.storedBytes;
  const [done, given, asset] = [await begun(), await begun(), await begun()];
  expect(await stored()).toBe(3 * 10);
  await uploads.end(done, { status: "completed", result: RESULT }, NOON);
  await uploads.end(asset, { status: "completed", result: { ...RESULT, assetId: "asset-1" } }, NOON);
  expect(await stored()).toBe(done.size + 10);
  await uploads.end(given, { status: "cancelled" }, NOON);
  expect(await stored()).toBe(done.size);
});

test("what a tenant that is gone has left in the store is to be deleted", async () => {
  const [tenant, assetId] = [newTenant(), crypto.randomUUID()];
  await db.insert(tenants).values({ id: tenant, site: tenant });
  const rows = postgresAssets(db);
  const content = { id: crypto.randomUUID(), objectKey: crypto.randomUUID(), size: 5, sha256: "0".repeat(64) };
  const asset = { tenant, id: assetId, filename: "a", isPublic: true };
  await rows.adopt(asset, { ...content, contentType: null }, NOON);
  await rows.publish(tenant, assetId, crypto.randomUUID(), NOON);
  const found = async () => (await rows.released(0, 1000)).filter(({ id }) => id === content.id);
  expect(await found()).toEqual([]);
  await db.delete(tenants).where(eq(tenants.id, tenant));
  expect(await found()).toEqual([{ id: content.id, objectKey: content.objectKey, uploadId: null }]);
});

test("what tenants have used of a month is what was rolled up of it, but for downloads that their plan turned aside", async () => {
  const [mine, other] = [newTenant(), newTenant()];
  await db.insert(tenants).values([mine, other].map((id) => ({ id, site: id })));
  const counts = { hits: 5, misses: 3, bypass_credentials: 2, bypass_over_limit: 70, refused_link: 1 };
  const bytes = { delivered_bytes: 1_000, assumed_bytes: 200, passed_bytes: 30, origin_bytes: 9 };
  const usage = postgresUsage(db);
  const lastMonth = Date.UTC(2026, 9, 31, 23);
  await usage.add([
    batchOf([cellOf(mine, NOON, counts), cellOf(mine, NOON, bytes, 7), cellOf(other, NOON, { hits: 1 })], NOON),
    batchOf([cellOf(mine, lastMonth, { hits: 1_000 })], lastMonth),
  ]);
  await usage.rollUp();
  const counted = await postgresMonthCounters(db).of([mine, other], NOON);
  expect(counted.get(mine)).toEqual({ requests: 11, deliveredBytes: 1_230, storedBytes: 0 });
  expect(counted.get(other)).toEqual({ requests: 1, deliveredBytes: 0, storedBytes: 0 });
});
