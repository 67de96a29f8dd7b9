import fc from "fast-check";
import type { Meter, Tier } from "../../../src/core/pricing/meter.ts";
import { flat, GIB, type OriginTariff, tiers } from "../../../src/core/pricing/origin-tariff.ts";
import { originTariff } from "../../../src/core/pricing/origin-tariffs.ts";
import { platformTariff } from "../../../src/core/pricing/platform-tariffs.ts";
import { NO_TRAFFIC, type Traffic } from "../../../src/core/pricing/traffic.ts";

export const DAY = "2026-11-20";
export const PB = 10n ** 15n;
export const MILLION = 1_000_000n;

export const PLATFORM = platformTariff(DAY);

/** A table of ours, or the test is wrong. */
export function tariff(id: string): OriginTariff {
  const found = originTariff(id, DAY);
  if (!found) throw new Error(`no price table ${id}`);
  return found;
}

/** One price for all bytes, and one for a million requests. */
export function flatTariff(perGb: string, perMillion = "0", unit = GIB): OriginTariff {
  const own = { id: "flat", from: "2026-01-01", provider: "own", where: "", regions: [], sources: [] } as const;
  return { ...own, transfer: flat(unit, perGb), requests: flat(MILLION, perMillion) };
}

/** Ten bytes make a unit: the first unit is free, the next two cost 7 nano-dollars each, all others 3. */
export const SMALL: Meter = {
  unit: 10n,
  tiers: tiers([1n, "0"], [3n, "0.000000007"], [null, "0.000000003"]),
};

/** A tariff with edges that tests reach by a few bytes. */
export const SMALL_TARIFF: OriginTariff = { ...flatTariff("0"), id: "small", transfer: SMALL, requests: SMALL };

export function traffic(counts: Partial<Traffic>): Traffic {
  return { ...NO_TRAFFIC, ...counts };
}

/** Prices that fall, as vendors have them, with units of any size and edges anywhere. */
export const anyMeter: fc.Arbitrary<Meter> = fc
  .record({
    unit: fc.oneof(fc.constantFrom(1n, 3n, 1000n, 10n ** 9n, GIB), fc.bigInt({ min: 1n, max: 10n ** 10n })),
    steps: fc.uniqueArray(fc.bigInt({ min: 1n, max: 10_000n }), { maxLength: 5 }),
    prices: fc.array(fc.bigInt({ min: 0n, max: 300_000_000n }), { minLength: 6, maxLength: 6 }),
  })
  .map(({ unit, steps, prices }) => {
    const ends = [...steps.sort((one, other) => Number(one - other)), null];
    const falling = prices.sort((one, other) => Number(other - one));
    return { unit, tiers: ends.map((upTo, at): Tier => ({ upTo, price: falling[at] ?? 0n })) };
  });

export const anyTariff: fc.Arbitrary<OriginTariff> = fc
  .record({ transfer: anyMeter, requests: anyMeter })
  .map((meters) => ({ ...flatTariff("0"), id: "any", ...meters }));

export const anyQuantity = fc.oneof(fc.bigInt({ min: 0n, max: 100n }), fc.bigInt({ min: 0n, max: 10n ** 16n }));

/** A day's traffic, small or of petabytes. */
export const anyTraffic: fc.Arbitrary<Traffic> = fc
  .record({
    ...{ hits: anyCount(), misses: anyCount(), bypasses: anyCount(), deliveries: anyCount(), fills: anyCount() },
    ...{ unknownDeliveries: anyCount(), redirects: anyCount(), unknownRedirects: anyCount(), fillRequests: anyCount() },
    ...{
      probes: anyCount(),
      storeWrites: anyCount(),
      assumedBytes: anyQuantity,
      deliveredBytes: anyQuantity,
      redirectedBytes: anyQuantity,
    },
    ...{ fillBytes: anyQuantity, storedByteHours: anyQuantity, postgres: anyCount() },
  })
  .map(({ postgres, ...counts }) => ({ ...counts, counted: { postgresCuSeconds: postgres } }));

function anyCount(): fc.Arbitrary<bigint> {
  return fc.bigInt({ min: 0n, max: 10n ** 9n });
}
