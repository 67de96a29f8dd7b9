import type { Meter, Tier } from "./meter.ts";
import { dollars } from "./money.ts";
import type { Source } from "./source.ts";

export type Provider = "s3" | "cloudfront" | "gcs" | "azure" | "r2" | "own";

/** What an origin charges whoever keeps files there for sending them out. */
export type OriginTariff = {
  /** Such as `s3/us-europe`. What has the same id shares the tiers of a month. */
  readonly id: string;
  /** The first day for which these prices are used. */
  readonly from: string;
  readonly provider: Provider;
  /** In words: where the bytes come from, or go to where that decides. */
  readonly where: string;
  /** The vendor's names of the regions that have these prices; none where the vendor does not ask for the region. */
  readonly regions: readonly string[];
  /** Bytes sent to the internet. */
  readonly transfer: Meter;
  /** Requests for an object (GET). */
  readonly requests: Meter;
  readonly sources: readonly Source[];
};

/** A GB of the vendors that count in 1,024s. */
export const GIB = 2n ** 30n;
/** A GB of those that count in 1,000s. */
export const GB = 10n ** 9n;
/** A TB has 1,024 GB wherever tiers are written in TB. */
export const TB = 1024n;

/** Tiers from prices in dollars. */
export function tiers(...steps: readonly (readonly [upTo: bigint | null, price: string])[]): Tier[] {
  return steps.map(([upTo, price]) => ({ upTo, price: dollars(price) }));
}

/** One price for all. */
export function flat(unit: bigint, price: string): Meter {
  return { unit, tiers: tiers([null, price]) };
}
