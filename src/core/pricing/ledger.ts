import { type Cell, type DayPrices, type MonthSoFar, noMonth, takeCell } from "./ledger-cell.ts";
import { type Amounts, addAmounts, amountsOf, type LedgerRow, type Unknowns } from "./ledger-row.ts";
import { addTraffic } from "./traffic.ts";

export type MonthLedger = {
  /** `YYYY-MM`. */
  readonly month: string;
  /** A row for each day with traffic, in order. */
  readonly rows: readonly LedgerRow[];
  /** The sum of the rows. */
  readonly total: Amounts;
};

/**
 * What one tenant would have paid, paid and saved: a ledger for each month that the cells touch, in order. Cells may come
 * in any order and in any number of parts; every cell of a month has to be there, since what a day costs depends on the
 * days before it. Throws a RangeError for what is no day, and for counts below nothing.
 */
export function ledgerOf(cells: readonly Cell[], prices: DayPrices): MonthLedger[] {
  const wrong = cells.find(({ day }) => !isDay(day));
  if (wrong) throw new RangeError(`no day: ${wrong.day}`);
  const months = groupBy(cells, ({ day }) => day.slice(0, 7));
  return months.map(([month, ofMonth]) => {
    const rows: LedgerRow[] = [];
    let sofar = noMonth();
    for (const [day, ofDay] of groupBy(ofMonth, (cell) => cell.day)) {
      const [row, next] = dayRow(day, ofDay, sofar, prices);
      rows.push(row);
      sofar = next;
    }
    return { month, rows, total: addAmounts(rows.map(({ amounts }) => amounts)) };
  });
}

function dayRow(day: string, cells: readonly Cell[], before: MonthSoFar, prices: DayPrices): [LedgerRow, MonthSoFar] {
  let sofar = before;
  let unknown: Unknowns = { deliveries: 0n, redirects: 0n, assumedBytes: 0n, unpricedBytes: 0n };
  const lines = groupBy(cells, ({ rule }) => rule).flatMap(([rule, parts]) => {
    const traffic = parts.map((part) => part.traffic).reduce(addTraffic);
    const taken = takeCell(sofar, { day, rule, traffic }, prices);
    sofar = taken.after;
    unknown = {
      deliveries: unknown.deliveries + traffic.unknownDeliveries,
      redirects: unknown.redirects + traffic.unknownRedirects,
      assumedBytes: unknown.assumedBytes + traffic.assumedBytes,
      unpricedBytes: unknown.unpricedBytes + (taken.priced ? 0n : traffic.deliveredBytes),
    };
    return taken.lines;
  });
  return [{ day, amounts: amountsOf(lines), unknown, lines }, sofar];
}

/** Whether the calendar has it, written as `YYYY-MM-DD`. */
function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** By name, in the order of the names. */
function groupBy<Item>(items: readonly Item[], nameOf: (item: Item) => string): [string, Item[]][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const name = nameOf(item);
    const group = groups.get(name);
    if (group) group.push(item);
    else groups.set(name, [item]);
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1));
}
