import { beforeAll, describe, expect, test, vi } from "vitest";
import type { z } from "zod";
import { originBody } from "../../../src/api/schemas/origins.ts";
import { priceList } from "../../../src/api/schemas/prices.ts";
import { savingsBody } from "../../../src/api/schemas/savings.ts";
import { storageBody } from "../../../src/api/schemas/storage.ts";
import { usagePage } from "../../../src/api/schemas/usage.ts";
import { ORIGIN_TARIFFS } from "../../../src/core/pricing/origin-tariffs.ts";
import type { TenantId } from "../../../src/core/tenant.ts";
import type { Counts } from "../../../src/core/usage/counters.ts";
import { entries } from "../../../src/platform/postgres/schema.ts";
import { storageDays } from "../../../src/platform/postgres/schema-savings.ts";
import { postgresUsage } from "../../../src/platform/postgres/usage-ledger.ts";
import { batchOf, cellOf } from "../../contracts/usage-batches.ts";
import { db, deployment, newTenantRow, operatorKey, personAs } from "./roles/roles-world.ts";

// The first call starts the Worker.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ask = deployment();
const GB = 10 ** 9;
const EUROPE = "https://media.s3.eu-west-1.amazonaws.com/";
const OWN = { per_gb: "0.0873", per_million_requests: "0.40", gb: "decimal" } as const;
let [acme, operator] = ["" as TenantId, ""];

const as = () => personAs("owner", acme);
const count = async (tenant: TenantId, at: string, counts: Counts, rule: number) =>
  await postgresUsage(db).add([batchOf([cellOf(tenant, Date.parse(at), counts, rule)], Date.now())]);
const origin = async (body: object, tenant = acme): Promise<z.infer<typeof originBody>> =>
  originBody.parse((await ask("POST", "/origins", { as: personAs("owner", tenant), body })).body);
const savings = async (query: string, who = as()) =>
  savingsBody.parse((await ask("GET", `/savings${query}`, { as: who })).body);

beforeAll(async () => {
  [acme, operator] = [await newTenantRow(), await operatorKey()];
});

describe("the prices of an origin", () => {
  test("are suggested by its host, chosen, entered, and let go of", async () => {
    const made = await origin({ origin: EUROPE });
    expect(made).toMatchObject({ prices: null, priced_by: { table: "s3/us-europe", certain: true } });
    const change = async (prices: unknown) => {
      const { status, body } = await ask("PATCH", `/origins/${made.id}`, { as: as(), body: { prices } });
      expect(status).toBe(200);
      const read = await ask("GET", `/origins/${made.id}`, { as: as() });
      expect(read.body).toEqual(body);
      return originBody.parse(body);
    };
    expect(await change({ table: "s3/tokyo-osaka" })).toMatchObject({
      ...{ prices: { table: "s3/tokyo-osaka" }, priced_by: { table: "s3/tokyo-osaka", certain: true } },
    });
    expect(await change({ own: OWN })).toMatchObject({ prices: { own: OWN }, priced_by: { table: "own" } });
    const tiers = [
      { up_to_gb: 10, per_gb: "0.1" },
      { up_to_gb: null, per_gb: "0.05" },
    ];
    expect(await change({ own: { per_gb: tiers } })).toMatchObject({
      prices: { own: { per_gb: tiers, gb: "binary" } },
    });
    expect(await change(null)).toEqual(made);
    expect((await ask("GET", "/origins", { as: as() })).body.origins).toContainEqual(made);
  });

  test("are none of a host that is no provider's, and those of the bucket that it stands for", async () => {
    const made = await origin({ origin: "https://files.example.com/" });
    expect(made).toMatchObject({ prices: null, priced_by: null });
    const body = { host: "files.example.com", bucket_url: "https://media.s3.eu-west-1.amazonaws.com/" };
    expect((await ask("POST", "/cnames", { as: as(), body })).status).toBe(201);
    const read = await ask("GET", `/origins/${made.id}`, { as: as() });
    expect(read.body).toMatchObject({ priced_by: { table: "s3/us-europe", certain: false } });
  });

  test.each([
    [{ table: "s3/atlantis" }, /^prices\.table: the id of a price table/],
    [{ own: { per_gb: "free" } }, /^prices\.own\.per_gb/],
    [{ own: OWN, table: "s3/us-europe" }, /^prices: either table or own/],
    ["s3/us-europe", /^prices: /],
  ])("are refused, naming what is wrong: %j", async (prices, message) => {
    const { status, body } = await ask("POST", "/origins", { as: as(), body: { origin: EUROPE, prices } });
    expect([status, (body.error as { message: string }).message]).toEqual([400, expect.stringMatching(message)]);
  });

  test("are written down with who has changed them", async () => {
    const { body } = await ask("GET", "/audit?action=origins.change", { as: as() });
    const [, , last] = body.records as { detail: { prices: string } }[];
    expect(JSON.parse(last?.detail.prices ?? "")).toEqual({ own: OWN });
  });
});

describe("savings", () => {
  test("are the ledger of those days, by the prices of each rule, to the cent and beyond", async () => {
    const { id } = await origin({ origin: "https://own.example.com/", prices: { own: OWN } });
    const counts = {
      hits: 5,
      deliveries: 5,
      delivered_bytes: 123_456_789_012,
      misses: 1,
      fills: 1,
      origin_bytes: 7 * GB,
    };
    await count(acme, "2026-03-05T10:00:00Z", counts, id);
    const { from, to, months } = await savings("?from=2026-03-05&to=2026-03-06");
    expect([from, to, months.length]).toEqual(["2026-03-05", "2026-03-06", 1]);
    const [month] = months;
    expect(month).toMatchObject({
      month: "2026-03",
      // 123.456789012 GB at 0.0873, and five GETs; 7 GB, and a GET for the fill and for each of 834 parts.
      days: [{ day: "2026-03-05", would_delivered: "10.777779681", paid_filled: "0.611434000" }],
    });
    const [day] = month?.days ?? [];
    expect(month?.total).toMatchObject({ would_delivered: day?.would_delivered, saved: day?.saved });
    const sum = (figure: string) =>
      (day?.lines ?? []).filter((line) => line.figure === figure).reduce((all, { amount }) => all + nano(amount), 0n);
    expect([sum("delivered"), sum("filled")]).toEqual([nano(day?.would_delivered), nano(day?.paid_filled)]);
    expect(nano(day?.saved)).toBe(nano(day?.would_have_paid) - nano(day?.paid_to_origin) - nano(day?.paid_to_platform));
    expect(day?.lines[0]).toMatchObject({
      ...{ figure: "delivered", rule: String(id), prices: `own/${id}`, meter: "transfer" },
      ...{ quantity: "123456789012", per: "1000000000", price: "0.087300000" },
    });
  });

  test("come as CSV, by Accept or by a parameter: days, or what stands behind them", async () => {
    const asked = await csv("/savings?from=2026-03-01&to=2026-04-01&format=csv", as());
    expect(asked.headers.get("content-disposition")).toBe('attachment; filename="savings-days.csv"');
    const [head = "", line = "", ...more] = asked.text.trimEnd().split("\r\n");
    expect([head.split(",").slice(0, 2), line.split(",").slice(0, 2), more]).toEqual([
      ...[["tenant", "day"], [acme, "2026-03-05"], []],
    ]);
    const lines = await csv("/savings?from=2026-03-01&to=2026-04-01&table=lines", as(), "text/csv");
    expect(lines.text).toContain("own/");
    expect(lines.text.split("\r\n")[0]).toBe("tenant,day,figure,rule,prices,meter,quantity,per,price,amount");
  });

  test.each(["from=2026-03-02&to=2026-03-01", "from=2020-01-01&to=2026-01-01", "from=then", "table=all", "by=hour"])(
    "are refused for ?%s",
    async (query) => {
      for (const [path, who] of [
        ["/savings", as()],
        ["/savings/all", operator],
      ] as const) {
        const { status, code } = await ask("GET", `${path}?${query}`, { as: who });
        expect([status, code]).toEqual([400, "INVALID_FIELD"]);
      }
    },
  );

  test("of all tenants are the sum of theirs, for operators, and so is usage", async () => {
    const [one, other] = [await newTenantRow(), await newTenantRow()];
    for (const [tenant, per_gb] of [
      [one, "1"],
      [other, "2"],
    ] as const) {
      const prices = { own: { ...OWN, per_gb, per_million_requests: "0" } };
      const { id } = await origin({ origin: "https://own.example.com/", prices }, tenant);
      await count(tenant, "2001-05-05T10:00:00Z", { hits: 1, deliveries: 1, delivered_bytes: GB }, id);
    }
    const all = savingsBody.parse(
      (await ask("GET", "/savings/all?from=2001-05-01&to=2001-06-01", { as: operator })).body,
    );
    expect(all.months).toMatchObject([{ month: "2001-05", total: { would_have_paid: "3.000000000" } }]);
    const used = await ask("GET", "/usage/all?by=month&from=2001-05-01&to=2001-06-01", { as: operator });
    expect(usagePage.parse(used.body).rows).toMatchObject([{ hits: 2, delivered_bytes: 2 * GB }]);
    const text = await csv("/savings/all?from=2001-05-01&to=2001-06-01", operator, "text/csv");
    expect(text.text).toContain("all,2001-05-05,");
    expect((await ask("GET", "/usage/all?group=key", { as: operator })).code).toBe("INVALID_FIELD");
  });
});

test("storage is what lies here now, and what lay here on 30 days", async () => {
  const tenant = await newTenantRow();
  const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
  const entry = {
    tenantId: tenant,
    state: "ready" as const,
    fence: 1,
    boundTo: "identity",
    trusted: true,
    publicKey: "a",
  };
  const now = new Date();
  await db
    .insert(entries)
    .values({ ...entry, id: "a", size: 5 * GB, sourceUrl: "https://a/", createdAt: now, updatedAt: now });
  await db
    .insert(storageDays)
    .values({ tenantId: tenant, day: day(2), byteSeconds: "1", storedBytes: 3 * GB, at: now });
  const { body } = await ask("GET", "/storage", { as: personAs("viewer", tenant) });
  const { now: stored, days } = storageBody.parse(body);
  expect([stored, days.length]).toEqual([5 * GB, 30]);
  expect(days.slice(-4)).toEqual([
    { day: day(3), stored_bytes: 0 },
    { day: day(2), stored_bytes: 3 * GB },
    { day: day(1), stored_bytes: 3 * GB },
    { day: day(0), stored_bytes: 5 * GB },
  ]);
});

test("prices are every table, with its sources", async () => {
  const { origins, platform } = priceList.parse((await ask("GET", "/prices", { as: as() })).body);
  expect(origins.map(({ id }) => id)).toEqual(ORIGIN_TARIFFS.map(({ id }) => id));
  expect(origins.find(({ id }) => id === "s3/us-europe")).toMatchObject({
    ...{
      provider: "s3",
      transfer: { per: String(2 ** 30), tiers: [{ up_to: "100", price: "0.000000000" }, {}, {}, {}, {}] },
    },
  });
  for (const { sources } of [...origins, ...platform]) expect(sources[0]?.page).toMatch(/^https:/);
  expect(platform[0]?.meters.storedByteHours).toMatchObject({ price: "0.015000000" });
});

function nano(dollars = "0.000000000"): bigint {
  return BigInt(dollars.replace(".", ""));
}

async function csv(path: string, who: string, accept = "*/*") {
  const { text, headers, status } = await ask("GET", path, { as: who, accept });
  expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8; header=present"]);
  return { text, headers };
}
