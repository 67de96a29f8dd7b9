import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inCents } from "../../../src/core/pricing/cents.ts";
import { type Amounts, addAmounts, amountsOf, FIGURES, saved } from "../../../src/core/pricing/ledger-row.ts";
import { divideHalfUp, dollars } from "../../../src/core/pricing/money.ts";

const CENT = dollars("0.01");
const NONE: Amounts = amountsOf([]);
const row = (figures: Partial<Amounts>): Amounts => ({ ...NONE, ...figures });

describe("figures in cents", () => {
  it("add up where each alone would be rounded away", () => {
    const third = row({ delivered: dollars("0.003333333") });
    const cents = inCents([third, third, third]).map(({ delivered }) => delivered);
    expect(cents).toEqual([0n, 1n, 0n]);
  });

  it("are whole cents as they stand", () => {
    expect(inCents([row({ filled: dollars("12.34"), volumeWould: -dollars("0.05") })])).toEqual([
      row({ filled: 1234n, volumeWould: -5n }),
    ]);
  });

  it("are none for no rows", () => {
    expect(inCents([])).toEqual([]);
  });

  it("add up to the month's figures in cents, column by column, and so does what is saved", () => {
    const amount = fc.bigInt({ min: -dollars("1000"), max: dollars("1000") });
    const rows = fc.array(fc.record({ delivered: amount, redirected: amount, filled: amount, platform: amount }));
    fc.assert(
      fc.property(rows, (figures) => {
        const exact = figures.map(row);
        const cents = addAmounts(inCents(exact));
        const month = addAmounts(exact);
        for (const figure of FIGURES) expect(cents[figure]).toBe(divideHalfUp(month[figure], CENT));
        const each = inCents(exact).reduce((sum, amounts) => sum + saved(amounts), 0n);
        expect(each).toBe(saved(cents));
      }),
    );
  });

  it("are never a cent and more off", () => {
    const amount = fc.bigInt({ min: 0n, max: dollars("100") });
    fc.assert(
      fc.property(fc.array(amount), (amounts) => {
        const cents = inCents(amounts.map((delivered) => row({ delivered })));
        for (const [at, { delivered }] of cents.entries()) {
          const off = delivered * CENT - (amounts[at] ?? 0n);
          expect(off > -CENT - 1n && off < CENT + 1n).toBe(true);
        }
      }),
    );
  });
});
