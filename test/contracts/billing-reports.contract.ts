import { describe, expect, test } from "vitest";
import { type Meter, reportSpan } from "../../src/core/billing/meters.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { Counts } from "../../src/core/usage/counters.ts";
import type { Accounts } from "../../src/ports/accounts.ts";
import type { BillingLedger, BillingReports, StoredBilling } from "../../src/ports/billing.ts";
import { HOUR, NOON } from "../core/samples.ts";
import { boundTenant, changeOf, paidBilling } from "./billing.contract.ts";

export type ReportsWorld = {
  readonly reports: BillingReports;
  readonly billing: BillingLedger;
  readonly accounts: Accounts;
  /** Something was used on a day, and rolled up. */
  use(tenant: TenantId, day: string, counts: Counts): Promise<void>;
};

const BOTH: readonly Meter[] = ["requests", "delivered_megabytes"];
const [DAY, NEXT] = ["2026-11-18", "2026-11-19"];
const PAYING_SINCE = Date.parse("2026-11-10T15:00:00Z");

export function billingReportsContract(name: string, make: () => Promise<ReportsWorld>): void {
  const paying = async (world: ReportsWorld, since = PAYING_SINCE): Promise<StoredBilling> => {
    const bound = await boundTenant(world);
    const change = changeOf(bound);
    const billing = { ...paidBilling(bound.customer), payingSince: since };
    await world.billing.apply({ ...change, news: change.news && { ...change.news, billing } });
    return bound;
  };
  /** What is due of a tenant: the real store has those of other tests, too. */
  const due = async (world: ReportsWorld, { customer }: StoredBilling, now = NOON, meters = BOTH, limit = 1000) => {
    const claimed = await world.reports.claim({ meters, span: reportSpan(now), limit, now });
    return claimed.due.filter((report) => report.customer === customer);
  };
  const short = (reports: Awaited<ReturnType<typeof due>>) =>
    reports.map(({ meter, day, value }) => [meter, day, value]);

  describe(`BillingReports: ${name}`, () => {
    test("gives what was used on days that are over, in whole units", async () => {
      const world = await make();
      const payer = await paying(world);
      await world.use(payer.tenant, DAY, { hits: 5, misses: 2, bypass_over_limit: 9, delivered_bytes: 3_999_999 });
      await world.use(payer.tenant, "2026-11-20", { hits: 70 });
      const reports = await due(world, payer);
      expect(reports).toEqual([
        { ...reports[0], meter: "delivered_megabytes", day: DAY, value: 3 },
        { ...reports[1], meter: "requests", day: DAY, value: 7 },
      ]);
      const { tenant, customer } = payer;
      expect(reports[1]).toMatchObject({ identifier: `${tenant}:requests:${DAY}:1`, customer });
    });

    test("gives the same again until it is known to have arrived, and then no more", async () => {
      const world = await make();
      const payer = await paying(world);
      await world.use(payer.tenant, DAY, { hits: 5 });
      const first = await due(world, payer);
      expect(await due(world, payer, NOON + HOUR)).toEqual(first);
      await world.reports.settle({ sent: first.map(({ identifier }) => identifier), refused: [] }, NOON);
      expect(await due(world, payer, NOON + 2 * HOUR)).toEqual([]);
    });

    test("gives what came to a day later as a difference, whatever became of the first", async () => {
      const world = await make();
      const payer = await paying(world);
      await world.use(payer.tenant, DAY, { hits: 5 });
      const [first] = await due(world, payer);
      await world.use(payer.tenant, DAY, { hits: 3 });
      const both = await due(world, payer, NOON + HOUR);
      expect(both).toEqual([first, { ...first, identifier: `${payer.tenant}:requests:${DAY}:2`, value: 3 }]);
      await world.reports.settle({ sent: both.map(({ identifier }) => identifier), refused: [] }, NOON);
      await world.use(payer.tenant, DAY, { misses: 1 });
      expect(short(await due(world, payer, NOON + 2 * HOUR))).toEqual([["requests", DAY, 1]]);
    });

    test("adds up what is left of units before it counts them", async () => {
      const world = await make();
      const payer = await paying(world);
      await world.use(payer.tenant, DAY, { delivered_bytes: 600_000 });
      expect(await due(world, payer)).toEqual([]);
      await world.use(payer.tenant, DAY, { passed_bytes: 600_000 });
      expect(short(await due(world, payer))).toEqual([["delivered_megabytes", DAY, 1]]);
    });

    test("counts from the first whole day that is paid, and no further back than may be told", async () => {
      const world = await make();
      const payer = await paying(world, Date.parse("2026-10-10T00:00:00Z"));
      const late = await paying(world, Date.parse(`${DAY}T23:59:00Z`));
      for (const { tenant } of [payer, late]) {
        for (const day of ["2026-10-16", "2026-10-17", DAY, NEXT]) await world.use(tenant, day, { hits: 1 });
      }
      expect(short(await due(world, payer)).map(([, day]) => day)).toEqual(["2026-10-17", DAY, NEXT]);
      expect(short(await due(world, late)).map(([, day]) => day)).toEqual([NEXT]);
    });

    test("gives nothing of who does not pay, or has another plan than the one that is paid", async () => {
      const world = await make();
      const [free, given, over] = [await boundTenant(world), await paying(world), await paying(world)];
      await world.accounts.change(given.tenant, { plan: "unmetered" });
      const { news, ...change } = changeOf({ ...over, version: 1 }, { by: { version: 1, plan: "pro" } });
      const { subscription } = paidBilling(over.customer);
      const ended = {
        ...paidBilling(over.customer),
        subscription: subscription && { ...subscription, state: "ended" as const },
      };
      await world.billing.apply({
        ...change,
        news: news && { ...news, billing: { ...ended, payingSince: null }, plan: null },
      });
      for (const each of [free, given, over]) {
        await world.use(each.tenant, DAY, { hits: 5 });
        expect(await due(world, each)).toEqual([]);
      }
    });

    test("gives what is asked for, of the meters that are named", async () => {
      const world = await make();
      const payer = await paying(world);
      await world.use(payer.tenant, DAY, { hits: 5, delivered_bytes: 2e6 });
      expect(await due(world, payer, NOON, [])).toEqual([]);
      expect(short(await due(world, payer, NOON, ["requests"]))).toEqual([["requests", DAY, 5]]);
      expect(
        (await world.reports.claim({ meters: BOTH, span: reportSpan(NOON), limit: 1, now: NOON })).due,
      ).toHaveLength(1);
    });

    test("holds what may have arrived once it may no longer be sent again", async () => {
      const world = await make();
      const payer = await paying(world);
      await world.use(payer.tenant, DAY, { hits: 5 });
      expect(await due(world, payer)).toHaveLength(1);
      const held = async (now: number) =>
        (await world.reports.claim({ meters: BOTH, span: reportSpan(now), limit: 1000, now })).held;
      const before = await held(NOON + 23 * HOUR);
      expect(await due(world, payer, NOON + 23 * HOUR)).toHaveLength(1);
      expect(await due(world, payer, NOON + 24 * HOUR)).toEqual([]);
      expect(await held(NOON + 24 * HOUR)).toBeGreaterThan(before);
    });

    test("gives what was refused again at any time", async () => {
      const world = await make();
      const payer = await paying(world);
      await world.use(payer.tenant, DAY, { hits: 5 });
      const first = await due(world, payer);
      await world.reports.settle({ sent: [], refused: first.map(({ identifier }) => identifier) }, NOON);
      expect(await due(world, payer, NOON + 48 * HOUR)).toEqual(first);
    });

    test("makes one report of two that are claimed at once", async () => {
      const world = await make();
      const payer = await paying(world);
      await world.use(payer.tenant, DAY, { hits: 5 });
      const [one, other] = await Promise.all([due(world, payer), due(world, payer)]);
      expect(one).toEqual(other);
      expect(await due(world, payer)).toEqual(one);
    });
  });
}
