import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DOLLAR, divideHalfUp, dollars, inDollars } from "../../../src/core/pricing/money.ts";

describe("a price in dollars", () => {
  it.each([
    ["0", 0n],
    ["1", DOLLAR],
    ["0.09", 90_000_000n],
    ["0.0873", 87_300_000n],
    ["0.000000001", 1n],
    ["12.5", 12_500_000_000n],
    ["999999.999999999", 999_999_999_999_999n],
    ["007", 7n * DOLLAR],
  ])("%s is read exactly", (text, amount) => {
    expect(dollars(text)).toBe(amount);
  });

  it.each([
    "",
    " 1",
    "-0.09",
    "+1",
    ".5",
    "1.",
    "1e-3",
    "0x10",
    "1,50",
    "0.0000000001",
    "1234567",
    "NaN",
    "Infinity",
    "1\n",
    "٣",
  ])("is not read from %j", (text) => {
    expect(() => dollars(text)).toThrow(RangeError);
  });
});

describe("an amount", () => {
  it.each([
    [0n, 9, "0.000000000"],
    [1n, 9, "0.000000001"],
    [-1n, 9, "-0.000000001"],
    [87_300_000n, 4, "0.0873"],
    [87_300_000n, 2, "0.09"],
    [12n * DOLLAR + 345_678_901n, 9, "12.345678901"],
    [12n * DOLLAR + 345_678_901n, 0, "12"],
    [-12n * DOLLAR - 345_678_901n, 2, "-12.35"],
    [1_000_000n * DOLLAR, 2, "1000000.00"],
    [4_999_999n, 2, "0.00"],
    [5_000_000n, 2, "0.01"],
    [-5_000_000n, 2, "0.00"],
    [-5_000_001n, 2, "-0.01"],
    [500_000_000n, 0, "1"],
    [-500_000_000n, 0, "0"],
  ])("of %s with %s decimals is %s", (amount, decimals, text) => {
    expect(inDollars(amount, decimals)).toBe(text);
  });

  it("is written with all decimals unless fewer are wanted", () => {
    expect(inDollars(dollars("0.0004"))).toBe("0.000400000");
  });

  it("is read back as it was written", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), (amount) => {
        expect(dollars(inDollars(amount))).toBe(amount);
      }),
    );
  });
});

describe("division", () => {
  it.each([
    [7n, 2n, 4n],
    [5n, 2n, 3n],
    [-5n, 2n, -2n],
    [-7n, 2n, -3n],
    [1n, 3n, 0n],
    [2n, 3n, 1n],
    [-1n, 3n, 0n],
    [-2n, 3n, -1n],
    [0n, 1n, 0n],
    [-4n, 1n, -4n],
    [10n ** 30n + 1n, 10n ** 30n, 1n],
  ])("of %s by %s is %s: to the nearest, half upwards", (dividend, divisor, quotient) => {
    expect(divideHalfUp(dividend, divisor)).toBe(quotient);
  });

  it("is never further off than half, and never falls while the dividend grows", () => {
    const dividends = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });
    fc.assert(
      fc.property(dividends, fc.bigInt({ min: 1n, max: 10n ** 12n }), (dividend, divisor) => {
        const off = 2n * (divideHalfUp(dividend, divisor) * divisor - dividend);
        expect(off > -divisor && off <= divisor).toBe(true);
        expect(divideHalfUp(dividend + 1n, divisor)).toBeGreaterThanOrEqual(divideHalfUp(dividend, divisor));
      }),
    );
  });
});
