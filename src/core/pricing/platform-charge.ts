import { charge, type Line, type Meter, sumOf } from "./meter.ts";
import type { NanoDollars } from "./money.ts";
import {
  PLATFORM_METERS,
  type PlatformMeter,
  type PlatformMeterName,
  type PlatformTariff,
  type PlatformUsage,
} from "./platform-tariff.ts";

export type PlatformLine = Line & { readonly meter: PlatformMeterName };

export type PlatformCharge = { readonly lines: readonly PlatformLine[]; readonly amount: NanoDollars };

/**
 * What the platform charges for what one tenant uses, in a month in which it has used `before`. What an account has free is
 * not given to anybody: a tenant pays from the first request on, whoever else is there, and its figures change with nobody
 * else's. `accountCharge` has what is free, and the monthly fee.
 */
export function platformCharge(tariff: PlatformTariff, before: PlatformUsage, used: PlatformUsage): PlatformCharge {
  return chargeBy(used, (name) => charge(beyondIncluded(tariff.meters[name]), before[name] ?? 0n, used[name] ?? 0n));
}

/** What the whole account is charged for a month: the fee, and what is used beyond what it includes. */
export function accountCharge(tariff: PlatformTariff, used: PlatformUsage): PlatformCharge {
  const { lines, amount } = chargeBy(used, (name) => charge(withIncluded(tariff.meters[name]), 0n, used[name] ?? 0n));
  return { lines, amount: amount + tariff.base };
}

/** Usage of one and the same month, added up. */
export function addUsage(one: PlatformUsage, other: PlatformUsage): PlatformUsage {
  const names = PLATFORM_METERS.filter((name) => one[name] !== undefined || other[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, (one[name] ?? 0n) + (other[name] ?? 0n)]));
}

function chargeBy(used: PlatformUsage, charged: (name: PlatformMeterName) => readonly Line[]): PlatformCharge {
  const names = PLATFORM_METERS.filter((name) => used[name] !== undefined);
  const lines = names.flatMap((name) => charged(name).map((line) => ({ meter: name, ...line })));
  return { lines, amount: sumOf(lines) };
}

function beyondIncluded({ unit, price }: PlatformMeter): Meter {
  return { unit, tiers: [{ upTo: null, price }] };
}

function withIncluded({ unit, price, included }: PlatformMeter): Meter {
  return {
    unit,
    tiers:
      included === 0n
        ? [{ upTo: null, price }]
        : [
            { upTo: included, price: 0n },
            { upTo: null, price },
          ],
  };
}
