import type { MonthLedger } from "../../../src/core/pricing/ledger.ts";
import type { Cell, DayPrices } from "../../../src/core/pricing/ledger-cell.ts";
import type { OriginTariff } from "../../../src/core/pricing/origin-tariff.ts";
import type { Traffic } from "../../../src/core/pricing/traffic.ts";
import { PLATFORM, traffic } from "./price-samples.ts";

/** A platform that asks nothing, where only the origin matters. */
export const FREE: typeof PLATFORM = {
  ...PLATFORM,
  meters: Object.fromEntries(
    Object.entries(PLATFORM.meters).map(([name, meter]) => [name, { ...meter, price: 0n }]),
  ) as typeof PLATFORM.meters,
};

/** One origin behind all rules. */
export const by = (origin: OriginTariff | null, platform = FREE): DayPrices => ({
  origin: () => origin,
  platform: () => platform,
});

export const cell = (day: string, counts: Partial<Traffic>, rule = "bucket"): Cell => ({
  day,
  rule,
  traffic: traffic(counts),
});

export function only(months: readonly MonthLedger[]): MonthLedger {
  const [month] = months;
  if (!month || months.length !== 1) throw new Error(`${months.length} months`);
  return month;
}
