import * as z from "zod";
import type { BucketCname } from "../tenant.ts";
import type { DayPrices } from "./ledger-cell.ts";
import type { OriginTariff } from "./origin-tariff.ts";
import { ORIGIN_TARIFFS, originTariff } from "./origin-tariffs.ts";
import { type OwnPrices, ownPricesSchema, ownTariff } from "./own-prices.ts";
import { tariffOfHost } from "./tariff-of-host.ts";

/** What an origin charges: a price table by its id, or what the tenant's contract says. */
export type OriginPrices = { readonly table: string } | { readonly own: OwnPrices };

/** The same as a call gives it. One object and no union, so that what is wrong is told by its field. */
export const originPricesSchema = z
  .strictObject({
    table: z
      .string()
      .refine(
        (id) => ORIGIN_TARIFFS.some((tariff) => tariff.id === id),
        "the id of a price table, such as s3/us-europe",
      )
      .optional(),
    own: ownPricesSchema.optional(),
  })
  .refine(({ table, own }) => (table === undefined) !== (own === undefined), "either table or own");

/** Of what `originPricesSchema` let through. */
export function givenPrices({ table, own }: z.output<typeof originPricesSchema>): OriginPrices {
  return own ? { own } : { table: table ?? "" };
}

/** An origin rule, there or gone, as far as its prices depend on it. */
export type PricedOrigin = {
  readonly id: number;
  readonly host: string;
  /** `null`: by the table that its host suggests. */
  readonly prices: OriginPrices | null;
};

/** By which table a rule's traffic is put into money. */
export type InForce = {
  /** The id of a table; `own` where the tenant has entered prices. */
  readonly table: string;
  /** In words. */
  readonly where: string;
  /** Whether somebody has chosen it, or the host tells all that it depends on. */
  readonly certain: boolean;
};

/** `null`: nobody has chosen a table, and the host suggests none: nothing is claimed for it. */
export function pricesInForce(
  { host, prices }: Omit<PricedOrigin, "id">,
  cnames: readonly BucketCname[],
): InForce | null {
  if (prices && "own" in prices) return { table: "own", where: ownTariff(prices.own).where, certain: true };
  const found = prices ? { id: prices.table, certain: true } : tariffOfHost(host, cnames);
  const tariff = found && ORIGIN_TARIFFS.find(({ id }) => id === found.id);
  return tariff ? { table: tariff.id, where: tariff.where, certain: found.certain } : null;
}

/**
 * The price table of each of a tenant's rules, which traffic names by their ids. Rules with the same prices of the
 * tenant's own share the tiers of one contract: its id is `own/7`, by the first rule that has them.
 */
export function pricesOfRules(origins: readonly PricedOrigin[], cnames: readonly BucketCname[]): DayPrices["origin"] {
  const contracts = new Map<string, OriginTariff>();
  const tables = new Map<string, OriginTariff | string | null>();
  for (const { id, host, prices } of origins.toSorted((one, other) => one.id - other.id)) {
    if (prices && "own" in prices) {
      const terms = termsOf(prices.own);
      const contract = contracts.get(terms) ?? ownTariff(prices.own, `own/${id}`);
      contracts.set(terms, contract);
      tables.set(String(id), contract);
    } else {
      tables.set(String(id), prices?.table ?? tariffOfHost(host, cnames)?.id ?? null);
    }
  }
  return (rule, day) => {
    const table = tables.get(rule) ?? null;
    return typeof table === "string" ? originTariff(table, day) : table;
  };
}

/** Says the same of the same prices, in whatever order their fields were kept. */
function termsOf({ per_gb, per_million_requests, gb }: OwnPrices): string {
  const tiers = typeof per_gb === "string" ? per_gb : per_gb.map((tier) => [tier.up_to_gb, tier.per_gb]);
  return JSON.stringify([tiers, per_million_requests, gb]);
}
