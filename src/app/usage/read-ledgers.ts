import { dayCells } from "../../core/pricing/day-cells.ts";
import { ledgerOf, type MonthLedger } from "../../core/pricing/ledger.ts";
import { pricesOfRules } from "../../core/pricing/origin-prices.ts";
import { platformTariff } from "../../core/pricing/platform-tariffs.ts";
import { shownDays } from "../../core/pricing/shown-days.ts";
import type { TenantId } from "../../core/tenant.ts";
import { periodStart, type UsageSpan } from "../../core/usage/report.ts";
import { dayOf } from "../../core/usage/stored-days.ts";
import type { OriginPriceList } from "../../ports/origin-price-list.ts";
import type { StorageLedger } from "../../ports/storage-ledger.ts";
import type { UsageLedger } from "../../ports/usage-ledger.ts";
import type { Report } from "../in-background.ts";
import { reach } from "../reach.ts";

/** Days by rule that are read at once: each makes some ten lines, and all of them are in memory. */
export const MOST_CELLS = 10_000;

export type LedgerParts = {
  readonly usageLedger: Pick<UsageLedger, "days">;
  readonly storageLedger: Pick<StorageLedger, "days">;
  readonly originPrices: OriginPriceList;
  readonly report: Report;
};

/**
 * The ledgers of these tenants, of the days in the span. What a day costs depends on the days of its month before it, so
 * months are read from their beginning on, whichever days are shown. `null`: they have more than is read at once. Throws
 * 503 when something of it is not to be reached.
 */
export async function readLedgers(
  tenants: readonly TenantId[],
  { from, to }: Pick<UsageSpan, "from" | "to">,
  { usageLedger, storageLedger, originPrices, report }: LedgerParts,
): Promise<ReadonlyMap<TenantId, readonly MonthLedger[]> | null> {
  const months = { from: periodStart(from, "month"), to };
  const [first, end] = [dayOf(from), dayOf(to)];
  const asked = Promise.all([
    usageLedger.days(tenants, { ...months, limit: MOST_CELLS + 1 }),
    storageLedger.days(tenants, { from: dayOf(months.from), to: end }),
    originPrices.of(tenants),
  ]);
  const [counted, stored, origins] = await reach("savings", asked, report);
  if (counted.length > MOST_CELLS) return null;
  const [countedOf, storedOf] = [
    Map.groupBy(counted, ({ tenant }) => tenant),
    Map.groupBy(stored, ({ tenant }) => tenant),
  ];
  return new Map(
    tenants.map((tenant) => {
      const known = origins.get(tenant) ?? { origins: [], cnames: [] };
      const prices = { origin: pricesOfRules(known.origins, known.cnames), platform: platformTariff };
      const cells = dayCells(countedOf.get(tenant) ?? [], storedOf.get(tenant) ?? []);
      return [tenant, shownDays(ledgerOf(cells, prices), first, end)] as const;
    }),
  );
}
