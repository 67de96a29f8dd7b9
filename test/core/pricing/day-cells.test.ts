import { describe, expect, it } from "vitest";
import { dayCells } from "../../../src/core/pricing/day-cells.ts";
import { ledgerOf } from "../../../src/core/pricing/ledger.ts";
import { saved } from "../../../src/core/pricing/ledger-row.ts";
import { shownDays } from "../../../src/core/pricing/shown-days.ts";
import { by, cell, only } from "./ledger-samples.ts";
import { flatTariff, PLATFORM, SMALL_TARIFF, traffic } from "./price-samples.ts";

const [ONE, TWO] = ["2026-11-01", "2026-11-02"];

describe("the cells of a ledger", () => {
  it("are what was counted by each rule, and by none", () => {
    const counted = [
      { day: ONE, rule: 7, counts: { hits: 2, deliveries: 2, delivered_bytes: 10 } },
      { day: ONE, rule: 0, counts: { bypass_unreadable: 1 } },
    ];
    expect(dayCells(counted, [])).toEqual([
      { day: ONE, rule: "7", traffic: traffic({ hits: 2n, deliveries: 2n, deliveredBytes: 10n }) },
      { day: ONE, rule: "none", traffic: traffic({ bypasses: 1n, redirects: 1n, unknownRedirects: 1n }) },
    ]);
  });

  it("are what lay here, too, where anything did: a day on which nobody came costs that", () => {
    const stored = [ONE, TWO].map((day, at) => ({ day, byteHours: BigInt(at) * 720n * 10n ** 12n }));
    expect(dayCells([], stored)).toEqual([
      { day: TWO, rule: "none", traffic: traffic({ storedByteHours: 720n * 10n ** 12n }) },
    ]);
    const { rows } = only(ledgerOf(dayCells([], stored), by(null, PLATFORM)));
    expect(rows[0]?.lines.map(({ figure, rule, tariff, meter }) => [figure, rule, tariff, meter])).toEqual([
      ["platform", "none", "platform", "storedByteHours"],
    ]);
    // 1,000 GB for a month of 30 days at $0.015.
    expect(rows[0] && saved(rows[0].amounts)).toBe(-15_000_000_000n);
  });
});

describe("the days of a ledger that are shown", () => {
  const days = ["2026-10-30", "2026-10-31", ONE, TWO].map((day) => cell(day, { deliveredBytes: 20n }));
  const months = ledgerOf(days, by(SMALL_TARIFF));

  it("cost what they cost after the days before them, and their total is theirs", () => {
    const shown = shownDays(months, TWO, "2026-11-03");
    const whole = months[1]?.rows[1];
    expect(shown).toEqual([{ month: "2026-11", rows: [whole], total: whole?.amounts }]);
    // The first unit of a month is free, and was used up the day before.
    expect(only(shown).total.delivered).toBe(10n);
    expect(only(ledgerOf(days.slice(-1), by(SMALL_TARIFF))).total.delivered).toBe(7n);
  });

  it("are those in the span, of as many months as it touches", () => {
    const shown = shownDays(months, "2026-10-31", TWO);
    expect(shown.map(({ month, rows }) => [month, rows.map(({ day }) => day)])).toEqual([
      ["2026-10", ["2026-10-31"]],
      ["2026-11", [ONE]],
    ]);
    expect(shownDays(months, "2026-10-01", "2026-12-01")).toEqual(months);
  });

  it("are none of a month in which none is shown", () => {
    expect(shownDays(months, "2026-11-03", "2026-12-01")).toEqual([]);
    expect(shownDays(ledgerOf([], by(flatTariff("1"))), ONE, TWO)).toEqual([]);
  });
});
