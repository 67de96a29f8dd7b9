import { describe, expect, it } from "vitest";
import { ledgerOf } from "../../../src/core/pricing/ledger.ts";
import { daysCsv, linesCsv } from "../../../src/core/pricing/ledger-csv.ts";
import { dollars } from "../../../src/core/pricing/money.ts";
import { GIB } from "../../../src/core/pricing/origin-tariff.ts";
import { PLATFORM, tariff, traffic } from "./price-samples.ts";

const PRICES = { origin: () => tariff("s3/us-europe"), platform: () => PLATFORM };
const COUNTS = traffic({
  ...{ hits: 3n, misses: 1n, deliveries: 3n, deliveredBytes: 123n * GIB + 1n, redirects: 1n, unknownRedirects: 1n },
  ...{ fills: 1n, fillRequests: 1n, fillBytes: 41n * GIB },
});
const DAYS = ["2026-10-31", "2026-11-01", "2026-11-02"];
const MONTHS = ledgerOf(
  DAYS.map((day) => ({ day, rule: "=bucket", traffic: COUNTS })),
  PRICES,
);

/** Lines of a table without commas in its fields, each with its columns' names. */
function table(text: string): Record<string, string>[] {
  const [head = "", ...lines] = text.split("\r\n").slice(0, -1);
  return lines.map((line) => {
    const fields = line.split(",");
    return Object.fromEntries(head.split(",").map((name, at) => [name, fields[at] ?? ""]));
  });
}

const amount = (text = ""): bigint => (text.startsWith("-") ? -dollars(text.slice(1)) : dollars(text));

describe("the table of days", () => {
  const rows = table(daysCsv("acme", MONTHS));

  it("has a line for each day of every month", () => {
    expect(rows.map(({ tenant, day }) => [tenant, day])).toEqual(DAYS.map((day) => ["acme", day]));
  });

  it("has figures that add up in each line", () => {
    for (const row of rows) {
      const would = amount(row.would_delivered) + amount(row.would_redirected) + amount(row.would_volume);
      const paid = amount(row.paid_filled) + amount(row.paid_redirected) + amount(row.paid_volume);
      expect(amount(row.would_have_paid)).toBe(would);
      expect(amount(row.paid_to_origin)).toBe(paid);
      expect(amount(row.saved)).toBe(would - paid - amount(row.paid_to_platform));
    }
  });

  it("tells of what has no known size", () => {
    expect(rows.map((row) => [row.deliveries_of_unknown_size, row.redirects_of_unknown_size])).toEqual([
      ["0", "1"],
      ["0", "1"],
      ["0", "1"],
    ]);
  });

  it("is a head alone where there was nothing", () => {
    expect(daysCsv("acme", []).split("\r\n")).toHaveLength(2);
  });

  it("runs no formula that a tenant is called by", () => {
    expect(table(daysCsv("@acme", MONTHS))[0]?.tenant).toBe("'@acme");
  });
});

describe("the table of lines", () => {
  const lines = table(linesCsv("acme", MONTHS));
  const days = table(daysCsv("acme", MONTHS));

  it.each([
    ["delivered", "would_delivered"],
    ["redirected", "would_redirected"],
    ["redirected", "paid_redirected"],
    ["filled", "paid_filled"],
    ["platform", "paid_to_platform"],
  ])("has lines of %s that come to %s of their day", (figure, column) => {
    for (const row of days) {
      const of = lines.filter((line) => line.day === row.day && line.figure === figure);
      expect(of.reduce((sum, line) => sum + amount(line.amount), 0n)).toBe(amount(row[column]));
    }
  });

  it("has quantity times price for each amount, to less than a nano-dollar", () => {
    for (const { quantity = "", per = "", price = "", amount: text } of lines) {
      const off = amount(text) * BigInt(per) - BigInt(quantity) * amount(price);
      expect(off > -BigInt(per) && off < BigInt(per)).toBe(true);
    }
  });

  it("names rule, prices and meter, and runs no formula that a rule is called by", () => {
    expect(lines[0]).toMatchObject({ rule: "'=bucket", prices: "s3/us-europe", meter: "transfer", per: String(GIB) });
  });
});
