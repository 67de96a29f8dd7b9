import { csv } from "./csv.ts";
import type { MonthLedger } from "./ledger.ts";
import { DAY_NAMES, dayFields, LINE_NAMES, lineFields } from "./ledger-fields.ts";

/** A line for each day of a tenant, in dollars with all nine decimals: columns add up exactly. */
export function daysCsv(tenant: string, months: readonly MonthLedger[]): string {
  const rows = months.flatMap((month) => month.rows.map(dayFields));
  const fields = rows.map((row) => [tenant, ...DAY_NAMES.map((name) => row[name])]);
  return csv(["tenant", ...DAY_NAMES], fields);
}

/** What stands behind every figure: quantity, price and amount. The amounts of a figure and day are `daysCsv`'s. */
export function linesCsv(tenant: string, months: readonly MonthLedger[]): string {
  const lines = months.flatMap(({ rows }) =>
    rows.flatMap(({ day, lines }) => lines.map((line) => [day, line] as const)),
  );
  const fields = lines.map(([day, line]) => {
    const of = lineFields(line);
    return [tenant, day, ...LINE_NAMES.map((name) => of[name])];
  });
  return csv(["tenant", "day", ...LINE_NAMES], fields);
}
