import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ledgerOf } from "../../../src/core/pricing/ledger.ts";
import { addAmounts, amountsOf, FIGURES } from "../../../src/core/pricing/ledger-row.ts";
import { ledgerSum } from "../../../src/core/pricing/ledger-sum.ts";
import { GIB } from "../../../src/core/pricing/origin-tariff.ts";
import { by, cell } from "./ledger-samples.ts";
import { anyTariff, anyTraffic, flatTariff, PLATFORM } from "./price-samples.ts";

const DAYS = ["2026-10-31", "2026-11-01", "2026-11-02"];

describe("ledgers of several tenants", () => {
  it("add up day by day, in order, and by month", () => {
    const sum = ledgerSum();
    sum.add(ledgerOf([cell("2026-11-02", { deliveredBytes: GIB, hits: 1n })], by(flatTariff("1"), PLATFORM)));
    sum.add(ledgerOf([cell("2026-10-31", { deliveredBytes: GIB }), cell("2026-11-02", {})], by(flatTariff("2"))));
    sum.add([]);
    const months = sum.months();
    expect(months.map(({ month, rows }) => [month, rows.map(({ day }) => day)])).toEqual([
      ["2026-10", ["2026-10-31"]],
      ["2026-11", ["2026-11-02"]],
    ]);
    expect(months.map(({ total }) => total.delivered)).toEqual([2_000_000_000n, 1_000_000_000n]);
  });

  it("have one line for what has one price and table, and the sums of its quantities", () => {
    const ledger = ledgerOf([cell("2026-11-01", { deliveredBytes: 3n * GIB }, "7")], by(flatTariff("0.1"), PLATFORM));
    const sum = ledgerSum();
    for (let times = 0; times < 3; times += 1) sum.add(ledger);
    sum.add(ledgerOf([cell("2026-11-01", { deliveredBytes: GIB }, "8")], by({ ...flatTariff("0.1"), id: "own/8" })));
    const lines = sum.months()[0]?.rows[0]?.lines.filter(({ meter }) => meter === "transfer");
    expect(lines?.map(({ rule, tariff, quantity, amount }) => [rule, tariff, quantity, amount])).toEqual([
      ["all", "flat", 9n * GIB, 900_000_000n],
      ["all", "own/8", GIB, 100_000_000n],
    ]);
  });

  it("tell of what is not known together", () => {
    const sum = ledgerSum();
    const unknown = {
      unknownDeliveries: 1n,
      unknownRedirects: 2n,
      redirects: 2n,
      assumedBytes: 3n,
      deliveredBytes: 4n,
    };
    for (let times = 0; times < 2; times += 1) sum.add(ledgerOf([cell("2026-11-01", unknown)], by(null)));
    expect(sum.months()[0]?.rows[0]?.unknown).toEqual({
      ...{ deliveries: 2n, redirects: 4n, assumedBytes: 6n, unpricedBytes: 8n },
    });
  });

  it("add up to the last of nine decimals, whatever the tenants' prices", () => {
    const anyLedger = fc
      .tuple(anyTariff, fc.array(fc.tuple(fc.constantFrom(...DAYS), anyTraffic), { maxLength: 4 }))
      .map(([tariff, cells]) =>
        ledgerOf(
          cells.map(([day, traffic]) => ({ day, rule: "a", traffic })),
          by(tariff, PLATFORM),
        ),
      );
    fc.assert(
      fc.property(fc.array(anyLedger, { maxLength: 4 }), (ledgers) => {
        const sum = ledgerSum();
        for (const ledger of ledgers) sum.add(ledger);
        const months = sum.months();
        const totals = (all: readonly { total: Parameters<typeof addAmounts>[0][number] }[]) =>
          addAmounts(all.map(({ total }) => total));
        expect(totals(months)).toEqual(totals(ledgers.flat()));
        for (const { rows } of months) {
          for (const { amounts, lines } of rows) {
            for (const figure of FIGURES) expect(amountsOf(lines)[figure]).toBe(amounts[figure]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });
});
