import { describe, expect, it } from "vitest";
import { MOST_CELLS } from "../../../src/app/usage/read-ledgers.ts";
import { reportAllSavings, reportSavings } from "../../../src/app/usage/savings.ts";
import { paidToOrigin, saved, wouldHavePaid } from "../../../src/core/pricing/ledger-row.ts";
import { DOLLAR, inDollars } from "../../../src/core/pricing/money.ts";
import { HOUR, NOON, tenantId } from "../../core/samples.ts";
import { ACME, failing } from "../world.ts";
import { OTHER, savingsWorld } from "./savings-world.ts";

const DAY = 24 * HOUR;
const GB = 10 ** 9;
const USUAL = { from: null, to: null };

describe("savings", () => {
  it("are a ledger of 30 days by the prices of each rule, and lead back to what was counted", async () => {
    const world = await savingsWorld();
    const rule = await world.priced(ACME.id, "0.10");
    await world.counted(ACME.id, NOON, { hits: 3, deliveries: 3, delivered_bytes: 30 * GB }, rule);
    await world.counted(ACME.id, NOON, { misses: 1, fills: 1, filled_bytes: 10 * GB, origin_bytes: 10 * GB }, rule);
    const { span, months } = await reportSavings(ACME.id, USUAL, world);
    expect(span).toMatchObject({ from: Date.UTC(2026, 9, 22), to: Date.UTC(2026, 10, 21) });
    expect(months.map(({ month, rows }) => [month, rows.map(({ day }) => day)])).toEqual([["2026-11", ["2026-11-20"]]]);
    const [{ total, rows }] = months as [(typeof months)[0]];
    expect([wouldHavePaid(total), paidToOrigin(total)]).toEqual([3n * DOLLAR, DOLLAR]);
    expect(saved(total)).toBe(2n * DOLLAR - total.platform);
    expect(total.platform).toBeGreaterThan(0n);
    const sent = rows[0]?.lines.find(({ figure, meter }) => figure === "delivered" && meter === "transfer");
    expect(sent).toMatchObject({ rule: String(rule), tariff: `own/${rule}`, quantity: BigInt(30 * GB) });
  });

  it("are put into money from the month's beginning on, whichever of its days are shown", async () => {
    const world = await savingsWorld();
    const rule = await world.settings.addOriginRule(ACME.id, {
      ...{ scheme: "https", host: "media.s3.eu-west-1.amazonaws.com", port: 443, pathPrefix: "/", access: null },
      ...{ obeyPrivate: false, tags: [] },
    });
    // The first 100 GB of a month are free.
    const counts = { hits: 1, deliveries: 1, delivered_bytes: 100 * 2 ** 30 };
    for (const days of [2, 1, 0]) await world.counted(ACME.id, NOON - days * DAY, counts, rule?.id ?? 0);
    const delivered = async (from: number | null) =>
      (await reportSavings(ACME.id, { from, to: null }, world)).months.map(({ rows, total }) => [
        rows.length,
        inDollars(total.delivered, 2),
      ]);
    expect(await delivered(null)).toEqual([[3, "18.00"]]);
    expect(await delivered(NOON - DAY)).toEqual([[2, "18.00"]]);
    expect(await delivered(NOON)).toEqual([[1, "9.00"]]);
  });

  it("have what lay here as well, on days on which nobody came", async () => {
    const world = await savingsWorld();
    world.stored.set(ACME.id, 720 * GB);
    await world.storageLedger.sample(NOON - DAY, 0);
    await world.storageLedger.sample(NOON, 0);
    const { months } = await reportSavings(ACME.id, USUAL, world);
    const lines = months.flatMap(({ rows }) =>
      rows.flatMap(({ day, lines }) => lines.map((line) => [day, line] as const)),
    );
    expect(lines.map(([day, { meter, quantity }]) => [day, meter, quantity])).toEqual([
      ["2026-11-19", "storedByteHours", BigInt(12 * 720 * GB)],
      ["2026-11-20", "storedByteHours", BigInt(12 * 720 * GB)],
    ]);
  });

  it("claim nothing for an origin without prices, and say how much that was", async () => {
    const world = await savingsWorld();
    const rule = await world.priced(ACME.id, null);
    await world.counted(ACME.id, NOON, { hits: 1, deliveries: 1, delivered_bytes: 5 }, rule);
    const { months } = await reportSavings(ACME.id, USUAL, world);
    expect(months[0]?.rows[0]?.unknown.unpricedBytes).toBe(5n);
    expect(months[0] && wouldHavePaid(months[0].total)).toBe(0n);
  });

  it("stay when a rule goes, and follow its prices when those change", async () => {
    const world = await savingsWorld();
    const rule = await world.priced(ACME.id, "1");
    await world.counted(ACME.id, NOON, { hits: 1, deliveries: 1, delivered_bytes: GB }, rule);
    const would = async () =>
      (await reportSavings(ACME.id, USUAL, world)).months.map(({ total }) => wouldHavePaid(total));
    expect(await would()).toEqual([DOLLAR]);
    const own = { per_gb: "2", per_million_requests: "0", gb: "decimal" } as const;
    await world.settings.changeOriginRule(ACME.id, rule, { prices: { own } });
    expect(await would()).toEqual([2n * DOLLAR]);
    await world.settings.removeOriginRule(ACME.id, rule);
    expect(await would()).toEqual([2n * DOLLAR]);
  });

  it("are the tenant's own", async () => {
    const world = await savingsWorld();
    await world.counted(OTHER.id, NOON, { hits: 1, deliveries: 1, delivered_bytes: GB });
    expect((await reportSavings(ACME.id, USUAL, world)).months).toEqual([]);
  });

  it.each([
    ["a span that ends before it begins", { from: NOON, to: NOON - DAY }],
    ["more than 400 days", { from: NOON - 401 * DAY, to: NOON }],
  ])("are refused for %s", async (_, wish) => {
    const told = reportSavings(ACME.id, wish, await savingsWorld());
    await expect(told).rejects.toMatchObject({ code: "INVALID_FIELD", message: expect.stringMatching(/^from: /) });
  });

  it("are refused where one answer would not hold them, and told of for fewer days", async () => {
    const world = await savingsWorld();
    const usageLedger = {
      async days(_: unknown, { from, limit }: { from: number; limit: number }) {
        const cell = { tenant: ACME.id, day: "2026-11-20", rule: 1, counts: { hits: 1 } };
        return Array.from({ length: from < Date.UTC(2026, 10) ? limit : 1 }, () => cell);
      },
    };
    const parts = { ...world, usageLedger };
    await expect(reportSavings(ACME.id, USUAL, parts)).rejects.toMatchObject({ code: "INVALID_FIELD" });
    const { months } = await reportSavings(ACME.id, { from: NOON, to: null }, parts);
    expect(months[0]?.rows).toHaveLength(1);
  });

  it.each(["usageLedger", "storageLedger", "originPrices"] as const)("are unavailable while %s is", async (part) => {
    const world = await savingsWorld();
    const down = { ...world, [part]: failing<object>(world[part]) };
    await expect(reportSavings(ACME.id, USUAL, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(world.reports.map(({ what }) => what)).toEqual(["savings"]);
  });
});

describe("savings of all tenants", () => {
  it("are the sum of theirs, each by its own prices", async () => {
    const world = await savingsWorld();
    const [mine, theirs] = [await world.priced(ACME.id, "1"), await world.priced(OTHER.id, "2")];
    const counts = { hits: 1, deliveries: 1, delivered_bytes: GB };
    await world.counted(ACME.id, NOON, counts, mine);
    await world.counted(OTHER.id, NOON, counts, theirs);
    await world.counted(OTHER.id, NOON - DAY, counts, theirs);
    const { months } = await reportAllSavings(USUAL, world);
    expect(months[0]?.rows.map(({ day, amounts }) => [day, wouldHavePaid(amounts)])).toEqual([
      ["2026-11-19", 2n * DOLLAR],
      ["2026-11-20", 3n * DOLLAR],
    ]);
    expect(months[0] && wouldHavePaid(months[0].total)).toBe(5n * DOLLAR);
  });

  it("are read page by page, and in smaller parts where a page has too much", async () => {
    const world = await savingsWorld();
    const ids = Array.from({ length: 120 }, (_, at) => tenantId(`t${String(at).padStart(3, "0")}`));
    for (const id of ids) await world.accounts.add({ id, site: id, name: id, plan: "free", maxObjectBytes: null });
    const asked: number[] = [];
    const usageLedger = {
      async days(tenants: readonly string[], { limit }: { limit: number }) {
        asked.push(tenants.length);
        const most = tenants.length > 30 ? limit : tenants.length;
        const of = (at: number) => ids.find((id) => id === tenants[at]) ?? ACME.id;
        return Array.from({ length: most }, (_, at) => ({
          tenant: of(at),
          day: "2026-11-20",
          rule: 0,
          counts: { hits: 1 },
        }));
      },
    };
    const { months } = await reportAllSavings(USUAL, { ...world, usageLedger });
    expect(asked).toEqual([100, 50, 25, 25, 50, 25, 25, 22]);
    const requests = months[0]?.rows[0]?.lines.find(({ meter }) => meter === "workerRequests");
    expect(requests?.quantity).toBe(122n);
    expect(MOST_CELLS).toBeGreaterThan(30 * 60);
  });

  it("are none where nobody has used anything, and unavailable while accounts are", async () => {
    const world = await savingsWorld();
    expect((await reportAllSavings(USUAL, world)).months).toEqual([]);
    const down = { ...world, accounts: failing(world.accounts, "judged") };
    await expect(reportAllSavings(USUAL, down)).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});
