import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ledgerOf } from "../../../src/core/pricing/ledger.ts";
import type { Cell, DayPrices } from "../../../src/core/pricing/ledger-cell.ts";
import {
  addAmounts,
  amountsOf,
  FIGURES,
  paidToOrigin,
  saved,
  wouldHavePaid,
} from "../../../src/core/pricing/ledger-row.ts";
import { addTraffic, NO_TRAFFIC, type Traffic } from "../../../src/core/pricing/traffic.ts";
import { anyTariff, anyTraffic, PLATFORM } from "./price-samples.ts";

const anyDay = fc.integer({ min: 1, max: 59 }).map((days) => {
  return new Date(Date.UTC(2026, 0, days)).toISOString().slice(0, 10);
});
const anyCell: fc.Arbitrary<Cell> = fc.record({
  day: anyDay,
  rule: fc.constantFrom("a", "b", "c"),
  traffic: anyTraffic,
});
const anyCells = fc.array(anyCell, { maxLength: 8 });

/** Two rules share a table, the third has one of its own. */
const anyPrices: fc.Arbitrary<DayPrices> = fc.tuple(anyTariff, anyTariff).map(([shared, other]) => ({
  origin: (rule: string) => (rule === "c" ? { ...other, id: "other" } : shared),
  platform: () => PLATFORM,
}));

/** Cuts every count of traffic in two. */
function halves(whole: Traffic, part: bigint): [Traffic, Traffic] {
  const cut = (count: bigint) => (count * part) / 100n;
  const { counted, ...counts } = whole;
  const first = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, cut(count)]));
  const rest = Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, count - cut(count)]));
  return [
    { ...NO_TRAFFIC, ...first },
    { ...NO_TRAFFIC, ...rest, counted },
  ];
}

describe("for any traffic and prices", () => {
  it("a month is the sum of its rows, and a row of its lines, exactly", () => {
    fc.assert(
      fc.property(anyCells, anyPrices, (cells, prices) => {
        for (const { rows, total } of ledgerOf(cells, prices)) {
          expect(total).toEqual(addAmounts(rows.map(({ amounts }) => amounts)));
          for (const { amounts, lines } of rows) expect(amounts).toEqual(amountsOf(lines));
          const sum = rows.reduce((so, { amounts }) => so + saved(amounts), 0n);
          expect(sum).toBe(saved(total));
        }
      }),
    );
  });

  it("saved is what would have been paid less what was paid", () => {
    fc.assert(
      fc.property(anyCells, anyPrices, (cells, prices) => {
        for (const { rows } of ledgerOf(cells, prices)) {
          for (const { amounts } of rows) {
            expect(wouldHavePaid(amounts) - paidToOrigin(amounts) - amounts.platform).toBe(saved(amounts));
          }
        }
      }),
    );
  });

  it("it matters neither in how many parts a day's traffic came, nor in which order", () => {
    fc.assert(
      fc.property(anyCells, anyPrices, fc.bigInt({ min: 0n, max: 100n }), (cells, prices, percent) => {
        const parts = cells.flatMap(({ traffic, ...of }) =>
          halves(traffic, percent).map((part) => ({ ...of, traffic: part })),
        );
        const whole = ledgerOf(cells, prices);
        expect(ledgerOf(parts.toReversed(), prices)).toEqual(whole);
      }),
    );
  });

  it("it does not matter for a month's bills how its traffic was spread over its days", () => {
    const inFebruary = fc.array(fc.tuple(fc.integer({ min: 1, max: 28 }), anyTraffic), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(inFebruary, anyTariff, (days, tariff) => {
        const prices = { origin: () => tariff, platform: () => PLATFORM };
        const cellOf = (day: number, traffic: Traffic): Cell => {
          return { day: `2026-02-${String(day).padStart(2, "0")}`, rule: "a", traffic };
        };
        const [spread] = ledgerOf(
          days.map(([day, traffic]) => cellOf(day, traffic)),
          prices,
        );
        const [once] = ledgerOf([cellOf(1, days.map(([, traffic]) => traffic).reduce(addTraffic))], prices);
        if (!spread || !once) throw new Error("a month without a ledger");
        expect(wouldHavePaid(spread.total)).toBe(wouldHavePaid(once.total));
        expect(paidToOrigin(spread.total)).toBe(paidToOrigin(once.total));
        expect(spread.total.platform).toBe(once.total.platform);
      }),
    );
  });

  it("figures but for volume are never below nothing, and more traffic makes no bill smaller", () => {
    fc.assert(
      fc.property(anyTraffic, anyTraffic, anyTariff, (some, more, tariff) => {
        const prices = { origin: () => tariff, platform: () => PLATFORM };
        const of = (traffic: Traffic) => {
          const [month] = ledgerOf([{ day: "2026-02-01", rule: "a", traffic }], prices);
          if (!month) throw new Error("a month without a ledger");
          return month.total;
        };
        const [less, all] = [of(some), of(addTraffic(some, more))];
        for (const figure of FIGURES) if (!figure.startsWith("volume")) expect(less[figure] >= 0n).toBe(true);
        expect(wouldHavePaid(all)).toBeGreaterThanOrEqual(wouldHavePaid(less) - 2n);
        expect(paidToOrigin(all)).toBeGreaterThanOrEqual(paidToOrigin(less) - 2n);
        expect(all.platform).toBeGreaterThanOrEqual(less.platform);
      }),
    );
  });
});
