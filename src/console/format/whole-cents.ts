import { divideHalfUp } from "../../core/pricing/money.ts";
import type { Amounts, DayAmounts } from "../api/savings.ts";

/** Nano-dollars in a cent. */
const CENT = 10_000_000n;
/** What is charged; what is saved is what is left of the first. */
const CHARGES = ["would_have_paid", "paid_to_origin", "paid_to_platform"] as const;

/**
 * The ledger in whole cents, so that what people see adds up, too, row by row and column by column. Each charge is what the
 * running total of its column, rounded, has more than before; what is saved is derived from those. Still in nano-dollars.
 */
export function inWholeCents(days: readonly DayAmounts[]): { days: DayAmounts[]; total: Amounts } {
  const exact = { would_have_paid: 0n, paid_to_origin: 0n, paid_to_platform: 0n };
  const rows = days.map((row) => {
    const [would, origin, platform] = CHARGES.map((name) => {
      const before = divideHalfUp(exact[name], CENT);
      exact[name] += row[name];
      return (divideHalfUp(exact[name], CENT) - before) * CENT;
    }) as [bigint, bigint, bigint];
    return { day: row.day, ...amountsOf(would, origin, platform) };
  });
  const sum = (name: (typeof CHARGES)[number]) => rows.reduce((all, row) => all + row[name], 0n);
  return { days: rows, total: amountsOf(sum("would_have_paid"), sum("paid_to_origin"), sum("paid_to_platform")) };
}

function amountsOf(would_have_paid: bigint, paid_to_origin: bigint, paid_to_platform: bigint): Amounts {
  return {
    would_have_paid,
    paid_to_origin,
    paid_to_platform,
    saved: would_have_paid - paid_to_origin - paid_to_platform,
  };
}
