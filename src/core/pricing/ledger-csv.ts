import { type CsvField, csv } from "./csv.ts";
import type { MonthLedger } from "./ledger.ts";
import { type LedgerLine, type LedgerRow, paidToOrigin, saved, wouldHavePaid } from "./ledger-row.ts";
import { inDollars } from "./money.ts";

const DAY_COLUMNS = {
  day: ({ day }) => day,
  would_delivered: ({ amounts }) => inDollars(amounts.delivered),
  would_redirected: ({ amounts }) => inDollars(amounts.redirected),
  would_volume: ({ amounts }) => inDollars(amounts.volumeWould),
  would_have_paid: ({ amounts }) => inDollars(wouldHavePaid(amounts)),
  paid_filled: ({ amounts }) => inDollars(amounts.filled),
  paid_redirected: ({ amounts }) => inDollars(amounts.redirected),
  paid_volume: ({ amounts }) => inDollars(amounts.volumePaid),
  paid_to_origin: ({ amounts }) => inDollars(paidToOrigin(amounts)),
  paid_to_platform: ({ amounts }) => inDollars(amounts.platform),
  saved: ({ amounts }) => inDollars(saved(amounts)),
  deliveries_of_unknown_size: ({ unknown }) => unknown.deliveries,
  assumed_bytes: ({ unknown }) => unknown.assumedBytes,
  redirects_of_unknown_size: ({ unknown }) => unknown.redirects,
  bytes_without_price: ({ unknown }) => unknown.unpricedBytes,
} satisfies Readonly<Record<string, (row: LedgerRow) => CsvField>>;

const LINE_COLUMNS = {
  figure: ({ figure }) => figure,
  rule: ({ rule }) => rule,
  prices: ({ tariff }) => tariff,
  meter: ({ meter }) => meter,
  quantity: ({ quantity }) => quantity,
  per: ({ unit }) => unit,
  price: ({ price }) => (price === null ? null : inDollars(price)),
  amount: ({ amount }) => inDollars(amount),
} satisfies Readonly<Record<string, (line: LedgerLine) => CsvField>>;

/** A line for each day of a tenant, in dollars with all nine decimals: columns add up exactly. */
export function daysCsv(tenant: string, months: readonly MonthLedger[]): string {
  const columns = Object.values(DAY_COLUMNS);
  const rows = months.flatMap((month) => month.rows);
  const fields = rows.map((row) => [tenant, ...columns.map((column) => column(row))]);
  return csv(["tenant", ...Object.keys(DAY_COLUMNS)], fields);
}

/** What stands behind every figure: quantity, price and amount. The amounts of a figure and day are `daysCsv`'s. */
export function linesCsv(tenant: string, months: readonly MonthLedger[]): string {
  const columns = Object.values(LINE_COLUMNS);
  const rows = months.flatMap((month) => month.rows);
  const fields = rows.flatMap(({ day, lines }) =>
    lines.map((line) => [tenant, day, ...columns.map((column) => column(line))]),
  );
  return csv(["tenant", "day", ...Object.keys(LINE_COLUMNS)], fields);
}
