import * as z from "zod";
import type { Tier } from "./meter.ts";
import { dollars, PRICE_TEXT } from "./money.ts";
import { flat, GB, GIB, type OriginTariff } from "./origin-tariff.ts";

const MAX_TIERS = 10;

const price = z.string().regex(PRICE_TEXT, "a price in dollars such as 0.0873, with up to 9 decimals");

const tier = z.strictObject({
  /** The last GB of a month that has this price; `null`: all that are beyond. */
  up_to_gb: z.int().positive().nullable(),
  per_gb: price,
});

/** What a tenant's contract with its own origin says, in dollars. It takes the place of the price table. */
export const ownPricesSchema = z.strictObject({
  /** One price, or tiers of a month. */
  per_gb: z.union([
    price,
    z.array(tier).min(1).max(MAX_TIERS).refine(ascends, "tiers ascend, and only the last has no end"),
  ]),
  per_million_requests: price.default("0"),
  /** `binary`: a GB has 2^30 bytes, as the large vendors count; `decimal`: 10^9. */
  gb: z.enum(["binary", "decimal"]).default("binary"),
});

export type OwnPrices = z.output<typeof ownPricesSchema>;

/** A tenant's own prices as a table. Rules that are given the same id share the tiers of a month. */
export function ownTariff(prices: OwnPrices, id = "own"): OriginTariff {
  const unit = prices.gb === "decimal" ? GB : GIB;
  const transfer =
    typeof prices.per_gb === "string" ? flat(unit, prices.per_gb) : { unit, tiers: prices.per_gb.map(asTier) };
  const requests = flat(1_000_000n, prices.per_million_requests);
  return {
    id,
    from: "2026-01-01",
    provider: "own",
    where: "Your own prices",
    regions: [],
    transfer,
    requests,
    sources: [],
  };
}

function asTier({ up_to_gb, per_gb }: z.output<typeof tier>): Tier {
  return { upTo: up_to_gb === null ? null : BigInt(up_to_gb), price: dollars(per_gb) };
}

function ascends(tiers: readonly z.output<typeof tier>[]): boolean {
  const ends = tiers.map(({ up_to_gb }) => up_to_gb ?? Number.POSITIVE_INFINITY);
  return ends.at(-1) === Number.POSITIVE_INFINITY && ends.every((end, at) => at === 0 || end > (ends[at - 1] ?? 0));
}
