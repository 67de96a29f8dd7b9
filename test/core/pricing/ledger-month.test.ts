import { describe, expect, it } from "vitest";
import { ledgerOf } from "../../../src/core/pricing/ledger.ts";
import type { DayPrices } from "../../../src/core/pricing/ledger-cell.ts";
import { dollars, inDollars } from "../../../src/core/pricing/money.ts";
import { GIB } from "../../../src/core/pricing/origin-tariff.ts";
import { by, cell, FREE, only } from "./ledger-samples.ts";
import { flatTariff, PB, PLATFORM, SMALL_TARIFF, tariff } from "./price-samples.ts";

const S3 = tariff("s3/us-europe");

describe("a month", () => {
  it("has its tiers at its end: the same day costs less there", () => {
    const days = ["2026-11-01", "2026-11-29", "2026-11-30"].map((day) =>
      cell(day, { deliveredBytes: 8n * 1024n * GIB }),
    );
    const { rows } = only(ledgerOf(days, by(S3)));
    const figures = rows.map(({ amounts }) => inDollars(amounts.delivered, 2));
    // 8,092 GB at 0.09; 2,048 at 0.09 and 6,144 at 0.085; 8,192 at 0.085.
    expect(figures).toEqual(["728.28", "706.56", "696.32"]);
  });

  it("turns at midnight: tiers begin anew, and what was free is free again", () => {
    const hundred = { deliveredBytes: 100n * GIB };
    const days = ["2026-02-28", "2026-03-01", "2028-02-29"].map((day) => cell(day, hundred));
    const months = ledgerOf(days, by(S3));
    expect(months.map(({ month }) => month)).toEqual(["2026-02", "2026-03", "2028-02"]);
    expect(months.map(({ total }) => total.delivered)).toEqual([0n, 0n, 0n]);
    const same = only(ledgerOf([cell("2026-03-01", hundred), cell("2026-03-31", hundred)], by(S3)));
    expect(same.total.delivered).toBe(dollars("9"));
  });

  it("of February is 28 days of storage, of which a GB is 28/30 of a GB-month", () => {
    const days = Array.from({ length: 28 }, (_, at) => `2026-02-${String(at + 1).padStart(2, "0")}`);
    const stored = { storedByteHours: 1000n * 10n ** 9n * 24n };
    const { rows, total } = only(
      ledgerOf(
        days.map((day) => cell(day, stored)),
        by(S3, PLATFORM),
      ),
    );
    expect(rows).toHaveLength(28);
    expect(total.platform).toBe(dollars("14"));
  });

  it("of ten petabytes is exact", () => {
    const counts = { deliveredBytes: 10n * PB, deliveries: 10n ** 9n };
    const { total } = only(ledgerOf([cell("2026-11-20", counts)], by(S3)));
    expect(inDollars(total.delivered, 2)).toBe("469943.49");
  });

  it("shares its tiers among all rules with one price table, and among no others", () => {
    const prices: DayPrices = { origin: (rule) => (rule === "other" ? flatTariff("1") : S3), platform: () => FREE };
    const hundred = { deliveredBytes: 100n * GIB };
    const cells = ["a", "b", "other"].map((rule) => cell("2026-11-20", hundred, rule));
    const { rows } = only(ledgerOf(cells, prices));
    const found = rows[0]?.lines.map(({ rule, amount }) => [rule, inDollars(amount, 2)]);
    expect(found).toEqual([
      ["a", "0.00"],
      ["b", "9.00"],
      ["other", "100.00"],
    ]);
  });

  it("has a row for each day with traffic, in order, in whatever order cells came", () => {
    const cells = ["2026-11-09", "2026-11-30", "2026-11-10"].map((day) => cell(day, { deliveredBytes: 15n }));
    const forth = ledgerOf(cells, by(SMALL_TARIFF));
    expect(only(forth).rows.map(({ day }) => day)).toEqual(["2026-11-09", "2026-11-10", "2026-11-30"]);
    expect(ledgerOf(cells.toReversed(), by(SMALL_TARIFF))).toEqual(forth);
  });

  it("uses the prices of each day", () => {
    const old = flatTariff("0.10");
    const prices: DayPrices = {
      origin: (_, day) => (day < "2026-11-15" ? old : { ...flatTariff("0.20"), from: "2026-11-15" }),
      platform: () => FREE,
    };
    const days = ["2026-11-14", "2026-11-15"].map((day) => cell(day, { deliveredBytes: 10n * GIB }));
    const { rows } = only(ledgerOf(days, prices));
    expect(rows.map(({ amounts }) => inDollars(amounts.delivered, 2))).toEqual(["1.00", "2.00"]);
  });

  it("is none where there are no cells", () => {
    expect(ledgerOf([], by(S3))).toEqual([]);
  });
});
