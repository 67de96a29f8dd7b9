import type { MonthLedger } from "./ledger.ts";
import { type Amounts, addAmounts, type LedgerLine, type LedgerRow, type Unknowns } from "./ledger-row.ts";

/** The rule of lines that stand for the traffic of several tenants. */
export const ALL_RULES = "all";

type Day = { amounts: Amounts; unknown: Unknowns; readonly lines: Map<string, LedgerLine> };

/**
 * Ledgers of several tenants, added up day by day. Each tenant has tiers of its own, so this is no ledger of their traffic
 * together, but the sum of theirs. Lines of one price and table become one.
 */
export function ledgerSum() {
  const days = new Map<string, Day>();
  return {
    add(months: readonly MonthLedger[]): void {
      for (const row of months.flatMap(({ rows }) => rows)) {
        const day = days.get(row.day);
        const lines = day?.lines ?? new Map<string, LedgerLine>();
        for (const line of row.lines) addLine(lines, line);
        const amounts = day ? addAmounts([day.amounts, row.amounts]) : row.amounts;
        days.set(row.day, { amounts, unknown: day ? addUnknowns(day.unknown, row.unknown) : row.unknown, lines });
      }
    },
    months(): MonthLedger[] {
      const rows = [...days]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(
          ([day, { amounts, unknown, lines }]): LedgerRow => ({ day, amounts, unknown, lines: [...lines.values()] }),
        );
      return [...Map.groupBy(rows, ({ day }) => day.slice(0, 7))].map(([month, ofMonth]) => ({
        ...{ month, rows: ofMonth, total: addAmounts(ofMonth.map(({ amounts }) => amounts)) },
      }));
    },
  };
}

function addLine(lines: Map<string, LedgerLine>, line: LedgerLine): void {
  const { figure, tariff, meter, unit, price } = line;
  const name = `${figure} ${tariff} ${meter} ${unit} ${price}`;
  const { quantity, amount } = lines.get(name) ?? { quantity: 0n, amount: 0n };
  const sum = { quantity: quantity + line.quantity, amount: amount + line.amount };
  lines.set(name, { ...line, rule: ALL_RULES, ...sum });
}

function addUnknowns(one: Unknowns, other: Unknowns): Unknowns {
  return {
    deliveries: one.deliveries + other.deliveries,
    redirects: one.redirects + other.redirects,
    assumedBytes: one.assumedBytes + other.assumedBytes,
    unpricedBytes: one.unpricedBytes + other.unpricedBytes,
  };
}
