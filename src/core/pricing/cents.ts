import { type Amounts, FIGURES, type Figure } from "./ledger-row.ts";
import { DOLLAR, divideHalfUp, type NanoDollars } from "./money.ts";

const CENT: NanoDollars = DOLLAR / 100n;

/**
 * The figures of rows in whole cents, so that what people see adds up as well: each is what a running total of its column,
 * rounded, has more than before. Their sum is the month's figure, rounded. What is derived (saved, paid to the origin) is to
 * be derived from these.
 */
export function inCents(rows: readonly Amounts[]): Amounts[] {
  const exact = Object.fromEntries(FIGURES.map((figure) => [figure, 0n])) as Record<Figure, NanoDollars>;
  return rows.map((row) => {
    const cents = FIGURES.map((figure) => {
      const before = divideHalfUp(exact[figure], CENT);
      exact[figure] += row[figure];
      return [figure, divideHalfUp(exact[figure], CENT) - before] as const;
    });
    return Object.fromEntries(cents) as Record<Figure, bigint>;
  });
}
