import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Meter, sumOf, total } from "../../../src/core/pricing/meter.ts";
import { flat } from "../../../src/core/pricing/origin-tariff.ts";
import { NOTHING_SEEN, type Quantities, type Seen, takeStep } from "../../../src/core/pricing/two-worlds.ts";
import { anyMeter, anyQuantity } from "./price-samples.ts";

/** A hundred nano-dollars each up to ten, then ten: an edge that everybody can see. */
const EDGE: Meter = {
  unit: 1n,
  tiers: [
    { upTo: 10n, price: 100n },
    { upTo: null, price: 10n },
  ],
};
const NONE: Quantities = { redirected: 0n, delivered: 0n, filled: 0n };

const step = (quantities: Partial<Quantities>): Quantities => ({ ...NONE, ...quantities });

/** Takes steps one after the other and tells the amounts of each. */
function walk(meter: Meter, steps: readonly Quantities[]) {
  let seen: Seen = NOTHING_SEEN;
  return steps.map((quantities) => {
    const taken = takeStep(meter, "", seen, quantities);
    seen = taken.seen;
    return {
      redirected: sumOf(taken.redirected),
      delivered: sumOf(taken.delivered),
      filled: sumOf(taken.filled),
      ...taken.volume,
    };
  });
}

const anySteps = fc.array(fc.record({ redirected: anyQuantity, delivered: anyQuantity, filled: anyQuantity }), {
  maxLength: 6,
});

describe("an origin's bill with us and without us", () => {
  it("has what is redirected on both sides at one and the same price", () => {
    expect(walk(EDGE, [step({ redirected: 12n })])).toEqual([
      { redirected: 1020n, delivered: 0n, filled: 0n, would: 0n, paid: 0n },
    ]);
  });

  it("has what is delivered and what is filled behind that, in the tiers that are left", () => {
    expect(walk(EDGE, [step({ redirected: 8n, delivered: 5n, filled: 2n })])).toEqual([
      { redirected: 800n, delivered: 230n, filled: 200n, would: 0n, paid: 0n },
    ]);
  });

  it("tells what is redirected later, and takes a tier that something else stood in, as volume", () => {
    const [, later] = walk(EDGE, [step({ delivered: 10n, filled: 2n }), step({ redirected: 10n })]);
    // Without us 10 + 10 cost 1,100; alone, what is redirected costs 1,000, and what was delivered is now worth 100.
    expect(later).toEqual({ redirected: 1000n, delivered: 0n, filled: 0n, would: -900n, paid: -180n });
  });

  it("has no volume where prices are flat, to the nano-dollar", () => {
    const prices = fc.constantFrom(flat(3n, "0.000000001"), flat(2n ** 30n, "0.0873"), flat(7n, "0.05"));
    fc.assert(
      fc.property(prices, anySteps, (meter, steps) => {
        for (const { would, paid } of walk(meter, steps)) expect([would, paid]).toEqual([0n, 0n]);
      }),
    );
  });

  it("has figures below nothing nowhere but in volume", () => {
    fc.assert(
      fc.property(anyMeter, anySteps, (meter, steps) => {
        for (const { redirected, delivered, filled } of walk(meter, steps)) {
          expect(redirected >= 0n && delivered >= 0n && filled >= 0n).toBe(true);
        }
      }),
    );
  });

  it("has nothing delivered on a day without deliveries, and nothing filled without fills", () => {
    fc.assert(
      fc.property(anyMeter, anySteps, anyQuantity, (meter, steps, redirected) => {
        const last = walk(meter, [...steps, step({ redirected })]).at(-1);
        expect([last?.delivered, last?.filled]).toEqual([0n, 0n]);
      }),
    );
  });

  it("comes to what a month of both together costs, but for a nano-dollar of rounding", () => {
    fc.assert(
      fc.property(anyMeter, anySteps, (meter, steps) => {
        const days = walk(meter, steps);
        const sum = (of: (day: (typeof days)[number]) => bigint) => days.reduce((so, day) => so + of(day), 0n);
        const all = (name: keyof Quantities) => steps.reduce((so, quantities) => so + quantities[name], 0n);
        const without = sum((day) => day.redirected + day.delivered + day.would);
        const withUs = sum((day) => day.redirected + day.filled + day.paid);
        const near = (found: bigint, quantity: bigint) => {
          const off = found - total(meter, quantity);
          expect(off >= -1n && off <= 1n).toBe(true);
        };
        near(without, all("redirected") + all("delivered"));
        near(withUs, all("redirected") + all("filled"));
      }),
    );
  });

  it("comes to the same, exactly, in whatever order and pieces things came", () => {
    fc.assert(
      fc.property(anyMeter, anySteps, fc.integer(), (meter, steps, seed) => {
        const sum = (days: ReturnType<typeof walk>) => [
          days.reduce((so, day) => so + day.redirected, 0n),
          days.reduce((so, day) => so + day.delivered + day.would, 0n),
          days.reduce((so, day) => so + day.filled + day.paid, 0n),
        ];
        const pieces = steps.flatMap(({ redirected, delivered, filled }) => [
          step({ filled, delivered: delivered / 3n }),
          step({ delivered: delivered - delivered / 3n, redirected }),
        ]);
        const shuffled = seed % 2 === 0 ? pieces.toReversed() : pieces;
        expect(sum(walk(meter, shuffled))).toEqual(sum(walk(meter, steps)));
      }),
    );
  });
});

describe("prices that change within a month", () => {
  it("count for what comes then, in the tiers where the month is", () => {
    const before = takeStep(EDGE, "2026-01-01", NOTHING_SEEN, step({ delivered: 9n })).seen;
    const dearer: Meter = {
      unit: 1n,
      tiers: [
        { upTo: 10n, price: 200n },
        { upTo: null, price: 20n },
      ],
    };
    const after = takeStep(dearer, "2026-11-15", before, step({ delivered: 2n }));
    expect(after.delivered.map(({ quantity, amount }) => [quantity, amount])).toEqual([
      [1n, 200n],
      [1n, 20n],
    ]);
    expect(after.volume).toEqual({ would: 0n, paid: 0n });
  });
});
