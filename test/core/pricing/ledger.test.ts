import { describe, expect, it } from "vitest";
import { ledgerOf } from "../../../src/core/pricing/ledger.ts";
import { type Figure, paidToOrigin, saved, wouldHavePaid } from "../../../src/core/pricing/ledger-row.ts";
import { dollars, inDollars } from "../../../src/core/pricing/money.ts";
import { GIB } from "../../../src/core/pricing/origin-tariff.ts";
import { by, cell, only } from "./ledger-samples.ts";
import { flatTariff, PB, PLATFORM, tariff } from "./price-samples.ts";

const S3 = tariff("s3/us-europe");

describe("a day", () => {
  it("with round prices is what anybody would work out by hand", () => {
    // 100 GB from us, 20 from the origin, 10 filled, at 0.10 a GB; 1,000 requests cost 0.50.
    const prices = by(flatTariff("0.10", "500"));
    const counts = { deliveredBytes: 100n * GIB, redirectedBytes: 20n * GIB, fillBytes: 10n * GIB };
    const requests = { deliveries: 1000n, redirects: 200n, fillRequests: 90n, probes: 10n };
    const { rows, total } = only(ledgerOf([cell("2026-11-20", { ...counts, ...requests })], prices));
    expect(rows).toHaveLength(1);
    expect(total).toEqual({
      ...{ delivered: dollars("10.5"), redirected: dollars("2.1"), filled: dollars("1.05"), platform: 0n },
      ...{ volumeWould: 0n, volumePaid: 0n },
    });
    expect(inDollars(wouldHavePaid(total), 2)).toBe("12.60");
    expect(inDollars(paidToOrigin(total), 2)).toBe("3.15");
    expect(inDollars(saved(total), 2)).toBe("9.45");
  });

  it("with an awkward price adds up to the last of nine decimals", () => {
    const prices = by(flatTariff("0.0873"), PLATFORM);
    const days = ["2026-11-01", "2026-11-02", "2026-11-03"].map((day, at) =>
      cell(day, { hits: 7n, deliveries: 7n, deliveredBytes: 123_456_789_012n + BigInt(at), fillBytes: 1_000_000_007n }),
    );
    const { rows, total } = only(ledgerOf(days, prices));
    const exact = (370_370_367_039n * dollars("0.0873") * 2n + GIB) / (2n * GIB);
    expect(total.delivered).toBe(exact);
    expect(rows.map(({ amounts }) => amounts.delivered).reduce((sum, each) => sum + each)).toBe(exact);
    expect(rows.map(({ amounts }) => saved(amounts)).reduce((sum, each) => sum + each)).toBe(saved(total));
  });

  it("has what was redirected on both sides, where it cancels out", () => {
    const redirected = { redirects: 5n, redirectedBytes: 7_000_000_000_000n };
    const { total } = only(ledgerOf([cell("2026-11-20", redirected)], by(S3)));
    expect(total.redirected).toBeGreaterThan(0n);
    expect(wouldHavePaid(total)).toBe(total.redirected);
    expect(paidToOrigin(total)).toBe(total.redirected);
    expect(saved(total)).toBe(0n);
  });

  it("in which we only filled has cost money, and says so", () => {
    const { total } = only(ledgerOf([cell("2026-11-20", { fills: 1n, fillBytes: 200n * GIB })], by(S3)));
    expect(saved(total)).toBe(-dollars("9"));
  });

  it("tells what cannot be put into money, and claims nothing for it", () => {
    const unknown = { unknownDeliveries: 3n, assumedBytes: 9n, unknownRedirects: 4n, redirects: 4n, hits: 3n };
    const { rows } = only(ledgerOf([cell("2026-11-20", unknown)], by(flatTariff("0.09"))));
    expect(rows[0]?.unknown).toEqual({ deliveries: 3n, redirects: 4n, assumedBytes: 9n, unpricedBytes: 0n });
    expect(rows[0]?.amounts.delivered).toBe(0n);
  });

  it("of an origin without a price table has the platform's charge alone", () => {
    const counts = { hits: 1_000_000n, deliveries: 1_000_000n, deliveredBytes: PB };
    const { rows } = only(ledgerOf([cell("2026-11-20", counts)], by(null, PLATFORM)));
    expect(rows[0]?.unknown.unpricedBytes).toBe(PB);
    expect(rows[0]?.lines.map(({ figure }) => figure)).not.toContain("delivered");
    expect(saved(rows[0]?.amounts ?? fail())).toBe(-(rows[0]?.amounts.platform ?? 0n));
  });

  it("without any traffic has figures of nothing, and no line", () => {
    const { rows, total } = only(ledgerOf([cell("2026-11-20", {})], by(S3, PLATFORM)));
    expect(rows[0]?.lines).toEqual([]);
    expect(Object.values(total)).toEqual([0n, 0n, 0n, 0n, 0n, 0n]);
  });

  it("leads each figure back to its usage: quantity times price is the amount", () => {
    const counts = { deliveredBytes: 150n * GIB, deliveries: 10n, fills: 2n, fillBytes: 3n * GIB, fillRequests: 2n };
    const { rows } = only(ledgerOf([cell("2026-11-20", counts, "rule-7")], by(S3, PLATFORM)));
    const of = (figure: Figure) => rows[0]?.lines.filter((line) => line.figure === figure) ?? [];
    expect(of("delivered").map(({ rule, tariff: id, meter, quantity }) => [rule, id, meter, quantity])).toEqual([
      ["rule-7", "s3/us-europe", "transfer", 100n * GIB],
      ["rule-7", "s3/us-europe", "transfer", 50n * GIB],
      ["rule-7", "s3/us-europe", "requests", 10n],
    ]);
    expect(of("platform").map(({ tariff: id, meter }) => `${id} ${meter}`)).toContain("platform storeReads");
    for (const { quantity, unit, price, amount } of rows[0]?.lines ?? []) {
      const off = amount * unit - quantity * (price ?? 0n);
      expect(off > -unit && off < unit).toBe(true);
    }
  });
});

describe("a ledger is refused", () => {
  it.each(["", "2026-11", "2026-11-31", "2026-02-29", "2026-13-01", "2026-11-20T00", "26-11-20", "2026-1-1", "today"])(
    "for %j, which is no day",
    (day) => {
      expect(() => ledgerOf([cell(day, {})], by(S3))).toThrow(RangeError);
    },
  );

  it.each(["deliveredBytes", "redirects", "fillBytes", "hits", "storedByteHours"] as const)(
    "for %s below nothing",
    (name) => {
      expect(() => ledgerOf([cell("2026-11-20", { [name]: -1n })], by(S3, PLATFORM))).toThrow(RangeError);
    },
  );
});

function fail(): never {
  throw new Error("no row");
}
