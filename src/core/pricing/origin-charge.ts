import { charge, type Line, sumOf } from "./meter.ts";
import type { NanoDollars } from "./money.ts";
import type { OriginTariff } from "./origin-tariff.ts";

/** What an origin has sent, or would have. */
export type Served = { readonly bytes: bigint; readonly requests: bigint };

export const NOTHING_SERVED: Served = { bytes: 0n, requests: 0n };

export type OriginCharge = {
  readonly transfer: readonly Line[];
  readonly requests: readonly Line[];
  readonly amount: NanoDollars;
};

/**
 * What an origin charges for what it serves, in a month in which it has served `before`: prices fall with the tiers of a
 * month, so the same day costs less at its end. Throws a RangeError for less than nothing.
 */
export function originCharge(tariff: OriginTariff, before: Served, served: Served): OriginCharge {
  const transfer = charge(tariff.transfer, before.bytes, served.bytes);
  const requests = charge(tariff.requests, before.requests, served.requests);
  return { transfer, requests, amount: sumOf(transfer) + sumOf(requests) };
}
