import type { MonthLedger } from "./ledger.ts";
import { type Amounts, type LedgerLine, type LedgerRow, paidToOrigin, saved, wouldHavePaid } from "./ledger-row.ts";
import { inDollars } from "./money.ts";

/** Figures by their names in the API and in exports: dollars with all nine decimals, hence exact, and whole numbers. */
export type Fields<Name extends string> = Readonly<Record<Name, string>>;

const AMOUNTS = {
  would_delivered: ({ delivered }) => delivered,
  would_redirected: ({ redirected }) => redirected,
  would_volume: ({ volumeWould }) => volumeWould,
  would_have_paid: wouldHavePaid,
  paid_filled: ({ filled }) => filled,
  paid_redirected: ({ redirected }) => redirected,
  paid_volume: ({ volumePaid }) => volumePaid,
  paid_to_origin: paidToOrigin,
  paid_to_platform: ({ platform }) => platform,
  saved,
} as const satisfies Readonly<Record<string, (amounts: Amounts) => bigint>>;

const UNKNOWNS = {
  deliveries_of_unknown_size: ({ unknown }) => unknown.deliveries,
  assumed_bytes: ({ unknown }) => unknown.assumedBytes,
  redirects_of_unknown_size: ({ unknown }) => unknown.redirects,
  bytes_without_price: ({ unknown }) => unknown.unpricedBytes,
} as const satisfies Readonly<Record<string, (row: LedgerRow) => bigint>>;

const LINES = {
  figure: ({ figure }) => figure,
  rule: ({ rule }) => rule,
  prices: ({ tariff }) => tariff,
  meter: ({ meter }) => meter,
  quantity: ({ quantity }) => String(quantity),
  per: ({ unit }) => String(unit),
  /** Empty where the amount is a difference between tiers. */
  price: ({ price }) => (price === null ? "" : inDollars(price)),
  amount: ({ amount }) => inDollars(amount),
} as const satisfies Readonly<Record<string, (line: LedgerLine) => string>>;

export type AmountName = keyof typeof AMOUNTS;
export type DayName = "day" | AmountName | keyof typeof UNKNOWNS;
export type LineName = keyof typeof LINES;

export const AMOUNT_NAMES = Object.keys(AMOUNTS) as readonly AmountName[];
export const DAY_NAMES: readonly DayName[] = [
  "day",
  ...AMOUNT_NAMES,
  ...(Object.keys(UNKNOWNS) as (keyof typeof UNKNOWNS)[]),
];
export const LINE_NAMES = Object.keys(LINES) as readonly LineName[];

export function amountFields(amounts: Amounts): Fields<AmountName> {
  return fields(AMOUNTS, (figure) => inDollars(figure(amounts)));
}

export function dayFields(row: LedgerRow): Fields<DayName> {
  return { day: row.day, ...amountFields(row.amounts), ...fields(UNKNOWNS, (count) => String(count(row))) };
}

export function lineFields(line: LedgerLine): Fields<LineName> {
  return fields(LINES, (text) => text(line));
}

/** A ledger as JSON can carry it. */
export type LedgerJson = {
  readonly month: string;
  readonly total: Fields<AmountName>;
  readonly days: readonly (Fields<DayName> & { readonly lines: readonly Fields<LineName>[] })[];
};

export function ledgerJson({ month, total, rows }: MonthLedger): LedgerJson {
  const days = rows.map((row) => ({ ...dayFields(row), lines: row.lines.map(lineFields) }));
  return { month, total: amountFields(total), days };
}

function fields<Name extends string, Column>(
  columns: Readonly<Record<Name, Column>>,
  text: (column: Column) => string,
): Fields<Name> {
  const entries = Object.entries<Column>(columns).map(([name, column]) => [name, text(column)] as const);
  return Object.fromEntries(entries) as Record<Name, string>;
}
