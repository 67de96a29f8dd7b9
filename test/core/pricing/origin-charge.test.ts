import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dollars, inDollars } from "../../../src/core/pricing/money.ts";
import { NOTHING_SERVED, originCharge, type Served } from "../../../src/core/pricing/origin-charge.ts";
import { GIB } from "../../../src/core/pricing/origin-tariff.ts";
import { anyQuantity, anyTariff, flatTariff, PB, tariff } from "./price-samples.ts";

const S3 = tariff("s3/us-europe");
const TB = 1024n * GIB;
const bytes = (count: bigint): Served => ({ bytes: count, requests: 0n });

describe("what an origin charges", () => {
  it("is transfer and requests together, a line for each tier", () => {
    const { transfer, requests, amount } = originCharge(S3, NOTHING_SERVED, { bytes: 11n * TB, requests: 250_000n });
    expect(transfer.map((line) => [line.quantity / GIB, line.amount])).toEqual([
      [100n, 0n],
      [10_140n, dollars("912.6")],
      [1024n, dollars("87.04")],
    ]);
    expect(requests.map((line) => line.amount)).toEqual([dollars("0.1")]);
    expect(amount).toBe(dollars("999.74"));
  });

  it("is nothing for nothing, whatever the month had", () => {
    expect(originCharge(S3, bytes(20n * TB), NOTHING_SERVED)).toEqual({ transfer: [], requests: [], amount: 0n });
  });

  it.each([
    ["0", "0"],
    ["100", "0.09"],
    ["10239", "0.09"],
    ["10240", "0.085"],
    ["51200", "0.07"],
    ["153600", "0.05"],
    ["1000000", "0.05"],
  ])("depends on what the month had before: a GB after %s costs $%s", (gb, cost) => {
    expect(originCharge(S3, bytes(BigInt(gb) * GIB), bytes(GIB)).amount).toBe(dollars(cost));
  });

  it("changes by one byte at an edge: the last free one, and the first that costs", () => {
    const edge = 100n * GIB;
    expect(originCharge(S3, bytes(edge - 1n), bytes(1n)).amount).toBe(0n);
    // 0.0838 nano-dollars a byte: twelve of them are the first whole one.
    expect(originCharge(S3, bytes(edge), bytes(1n)).amount).toBe(0n);
    expect(originCharge(S3, bytes(edge), bytes(12n)).amount).toBe(1n);
    expect(originCharge(S3, bytes(edge - 6n), bytes(12n)).amount).toBe(1n);
  });

  it("is exact for ten petabytes", () => {
    const month = originCharge(S3, NOTHING_SERVED, bytes(10n * PB));
    const beyond = 10n * PB - 150n * TB;
    const exact = dollars("11562.2") + (beyond * dollars("0.05") * 2n + GIB) / (2n * GIB);
    expect(month.amount).toBe(exact);
    // 9,159,625.746 GB at 0.05, behind 11,562.20 for the first 150 TB.
    expect(inDollars(month.amount, 2)).toBe("469543.49");
  });

  it.each([
    ["0.0873", 3n, "0.2619"],
    ["0.000000001", 1n, "0.000000001"],
    ["0.333333333", 3n, "0.999999999"],
    ["0", 1_000_000n, "0"],
    ["999.999999999", 7n, "6999.999999993"],
  ])("is by the tenant's own price of %s a GB for %s GB $%s", (price, gb, cost) => {
    expect(originCharge(flatTariff(price), NOTHING_SERVED, bytes(gb * GIB)).amount).toBe(dollars(cost));
  });

  it("costs the same in whatever pieces a month is cut, and in all of them together", () => {
    const pieces = fc.array(fc.record({ bytes: anyQuantity, requests: anyQuantity }), { maxLength: 6 });
    fc.assert(
      fc.property(anyTariff, pieces, (prices, served) => {
        let before = NOTHING_SERVED;
        let sum = 0n;
        for (const piece of served) {
          sum += originCharge(prices, before, piece).amount;
          before = { bytes: before.bytes + piece.bytes, requests: before.requests + piece.requests };
        }
        expect(sum).toBe(originCharge(prices, NOTHING_SERVED, before).amount);
      }),
    );
  });
});
