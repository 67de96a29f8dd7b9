import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { charge, type Meter, stretches, sumOf, total } from "../../../src/core/pricing/meter.ts";
import { dollars } from "../../../src/core/pricing/money.ts";
import { flat, GIB } from "../../../src/core/pricing/origin-tariff.ts";
import { anyMeter, anyQuantity, SMALL } from "./price-samples.ts";

describe("what a quantity costs", () => {
  it("is nothing, and no line, for nothing", () => {
    expect(charge(SMALL, 0n, 0n)).toEqual([]);
    expect(charge(SMALL, 1_000_000n, 0n)).toEqual([]);
  });

  it("is quantity times price where there is one price", () => {
    const line = { quantity: 5n * GIB, unit: GIB, price: dollars("0.09"), amount: dollars("0.45") };
    expect(charge(flat(GIB, "0.09"), 0n, 5n * GIB)).toEqual([line]);
  });

  it.each([
    [0n, 10n, [[10n, 0n]]],
    [
      0n,
      11n,
      [
        [10n, 0n],
        [1n, 7n],
      ],
    ],
    [9n, 1n, [[1n, 0n]]],
    [
      9n,
      2n,
      [
        [1n, 0n],
        [1n, 7n],
      ],
    ],
    [10n, 1n, [[1n, 7n]]],
    [29n, 1n, [[1n, 7n]]],
    [
      29n,
      2n,
      [
        [1n, 7n],
        [1n, 3n],
      ],
    ],
    [30n, 1n, [[1n, 3n]]],
    [
      0n,
      50n,
      [
        [10n, 0n],
        [20n, 7n],
        [20n, 3n],
      ],
    ],
    [500n, 70n, [[70n, 3n]]],
  ])("after %s has for %s the stretches that lie in each tier, to the byte", (before, quantity, expected) => {
    const found = stretches(SMALL, before, quantity).map((part) => [part.quantity, part.price]);
    expect(found).toEqual(expected);
  });

  it.each([
    // Exactly 0.7, 1.4 … nano-dollars behind the free unit: 1, 1, 2, 3, 4 when rounded.
    [
      [10n, 1n, 1n, 1n, 1n, 1n],
      [0n, 1n, 0n, 1n, 1n, 1n],
    ],
    [[15n], [4n]],
    [
      [11n, 4n],
      [1n, 3n],
    ],
    [
      [30n, 1n, 1n, 1n],
      [14n, 0n, 1n, 0n],
    ],
  ])("is rounded as a running total: parts %s cost %s", (parts, costs) => {
    let before = 0n;
    const found = parts.map((part) => {
      const cost = sumOf(charge(SMALL, before, part));
      before += part;
      return cost;
    });
    expect(found).toEqual(costs);
  });

  it("is what one byte less and one byte more make it at the edge of a tier", () => {
    const meter: Meter = {
      unit: 1n,
      tiers: [
        { upTo: 100n, price: 9n },
        { upTo: null, price: 5n },
      ],
    };
    expect([99n, 100n, 101n].map((quantity) => total(meter, quantity))).toEqual([891n, 900n, 905n]);
    expect(sumOf(charge(meter, 99n, 1n))).toBe(9n);
    expect(sumOf(charge(meter, 100n, 1n))).toBe(5n);
  });

  it.each([
    [-1n, 0n],
    [0n, -1n],
    [-5n, 10n],
  ])("cannot be told of less than nothing (%s, %s)", (before, quantity) => {
    expect(() => charge(SMALL, before, quantity)).toThrow(RangeError);
  });
});

describe("for any prices", () => {
  const parts = fc.array(anyQuantity, { maxLength: 8 });

  it("parts of any sizes cost together what the whole costs", () => {
    fc.assert(
      fc.property(anyMeter, anyQuantity, parts, (meter, before, quantities) => {
        let at = before;
        let sum = 0n;
        for (const quantity of quantities) {
          sum += sumOf(charge(meter, at, quantity));
          at += quantity;
        }
        expect(sum).toBe(sumOf(charge(meter, before, at - before)));
        expect(sum).toBe(total(meter, at) - total(meter, before));
      }),
    );
  });

  it("more never costs less, and nothing costs less than nothing", () => {
    fc.assert(
      fc.property(anyMeter, anyQuantity, anyQuantity, anyQuantity, (meter, before, quantity, more) => {
        const cost = sumOf(charge(meter, before, quantity));
        expect(cost).toBeGreaterThanOrEqual(0n);
        expect(sumOf(charge(meter, before, quantity + more))).toBeGreaterThanOrEqual(cost);
      }),
    );
  });

  it("what comes later in a month never costs more, but for a nano-dollar of rounding", () => {
    fc.assert(
      fc.property(anyMeter, anyQuantity, anyQuantity, anyQuantity, (meter, before, later, quantity) => {
        const early = sumOf(charge(meter, before, quantity));
        expect(sumOf(charge(meter, before + later, quantity))).toBeLessThanOrEqual(early + 1n);
      }),
    );
  });

  it("a line's amount is its quantity times its price, to less than a nano-dollar", () => {
    fc.assert(
      fc.property(anyMeter, anyQuantity, anyQuantity, (meter, before, quantity) => {
        const lines = charge(meter, before, quantity);
        expect(lines.reduce((sum, line) => sum + line.quantity, 0n)).toBe(quantity);
        for (const line of lines) {
          const off = line.amount * line.unit - line.quantity * line.price;
          expect(off > -line.unit && off < line.unit).toBe(true);
        }
      }),
    );
  });
});
