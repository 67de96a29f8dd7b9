import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ledgerOf } from "../../../src/core/pricing/ledger.ts";
import { amountFields, DAY_NAMES, LINE_NAMES, ledgerJson } from "../../../src/core/pricing/ledger-fields.ts";
import { FIGURES } from "../../../src/core/pricing/ledger-row.ts";
import { GIB } from "../../../src/core/pricing/origin-tariff.ts";
import { by, cell, only } from "./ledger-samples.ts";
import { flatTariff, PLATFORM, SMALL_TARIFF } from "./price-samples.ts";

const COUNTS = { deliveries: 2n, deliveredBytes: 5n * GIB, redirects: 1n, unknownRedirects: 1n, fillBytes: GIB };
const MONTH = only(
  ledgerOf([cell("2026-11-20", COUNTS), cell("2026-11-21", COUNTS)], by(flatTariff("0.0873"), PLATFORM)),
);

describe("a ledger as JSON", () => {
  it("has every figure in dollars with nine decimals, and what is derived beside it", () => {
    expect(amountFields(MONTH.total)).toEqual({
      ...{ would_delivered: "0.873000000", would_redirected: "0.000000000", would_volume: "0.000000000" },
      ...{ would_have_paid: "0.873000000", paid_filled: "0.174600000", paid_redirected: "0.000000000" },
      ...{ paid_volume: "0.000000000", paid_to_origin: "0.174600000", paid_to_platform: "0.000131509" },
      saved: "0.698268491",
    });
  });

  it("is the same after a journey as text", () => {
    const json = ledgerJson(MONTH);
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  it("has days with all their names, and their lines with all of theirs", () => {
    const { month, days } = ledgerJson(MONTH);
    expect(month).toBe("2026-11");
    expect(days.map(({ day }) => day)).toEqual(["2026-11-20", "2026-11-21"]);
    for (const { lines, ...day } of days) {
      expect(Object.keys(day)).toEqual(DAY_NAMES);
      expect(lines.length).toBeGreaterThan(3);
      for (const line of lines) expect(Object.keys(line)).toEqual(LINE_NAMES);
    }
    expect(days[0]).toMatchObject({ redirects_of_unknown_size: "1", deliveries_of_unknown_size: "0" });
  });

  it("has a price for each line but those of volume", () => {
    const days = [cell("2026-11-01", { deliveredBytes: 30n }), cell("2026-11-02", { redirectedBytes: 40n })];
    const lines = ledgerJson(only(ledgerOf(days, by(SMALL_TARIFF)))).days.flatMap((day) => day.lines);
    const unpriced = lines.filter(({ price }) => price === "").map(({ figure }) => figure);
    expect(unpriced).toEqual(["volumeWould"]);
  });

  it("has names that the document explains", () => {
    const text = readFileSync(new URL("../../../docs/savings.md", import.meta.url), "utf8");
    for (const figure of FIGURES) expect(text).toContain(`\`${figure.replace(/(?:Would|Paid)$/, "")}\``);
    expect(text).toContain(`\`${LINE_NAMES.join(", ")}\``);
    for (const name of ["assumed_bytes", "bytes_without_price", "…_of_unknown_size"])
      expect(text).toContain(`\`${name}\``);
  });
});
