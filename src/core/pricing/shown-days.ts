import type { MonthLedger } from "./ledger.ts";
import { addAmounts } from "./ledger-row.ts";

/**
 * Of ledgers of whole months the days in [from, to), `YYYY-MM-DD`: what they cost depends on the days before them, and
 * their total is theirs alone. Months of which no day is shown are left out.
 */
export function shownDays(months: readonly MonthLedger[], from: string, to: string): MonthLedger[] {
  return months.flatMap(({ month, rows }) => {
    const shown = rows.filter(({ day }) => day >= from && day < to);
    return shown.length === 0 ? [] : [{ month, rows: shown, total: addAmounts(shown.map(({ amounts }) => amounts)) }];
  });
}
