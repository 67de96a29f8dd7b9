import * as z from "zod";
import type { Meter } from "../../core/pricing/meter.ts";
import { inDollars } from "../../core/pricing/money.ts";
import type { OriginTariff } from "../../core/pricing/origin-tariff.ts";
import type { PlatformTariff } from "../../core/pricing/platform-tariff.ts";
import type { Source } from "../../core/pricing/source.ts";

const dollars = z.string().describe("Dollars, with nine decimals.");
const whole = z.string().describe("A whole number, as text: it may be larger than a double tells exactly.");

const sources = z.array(
  z.strictObject({
    page: z.string(),
    read_on: z.iso.date(),
    as_of: z.iso.date().describe("A day for which the figures are known to have held."),
    confirmed: z.boolean(),
    note: z.string(),
  }),
);

const meter = z.strictObject({
  per: whole.describe("How many bytes or requests a price is for."),
  tiers: z.array(
    z.strictObject({ up_to: whole.nullable().describe("Units of a month; null: all beyond."), price: dollars }),
  ),
});

const id = z.string().describe("Names it in prices of origins and in the ledger.");
const from = z.iso.date().describe("The first day for which it is used.");

const originTable = z.strictObject({
  ...{ id, from, provider: z.string(), where: z.string(), regions: z.array(z.string()) },
  ...{ transfer: meter, requests: meter, sources },
});

const platformTable = z.strictObject({
  ...{ id, from, base: dollars.describe("A month, whatever is used.") },
  meters: z.record(z.string(), z.strictObject({ per: whole, price: dollars, included: whole })),
  sources,
});

export const priceList = z
  .strictObject({ origins: z.array(originTable), platform: z.array(platformTable) })
  .meta({ id: "PriceList" });

/** A price table of an origin, as the API shows it. */
export function originTariffToBody(tariff: OriginTariff): z.infer<typeof originTable> {
  const { id, from, provider, where, regions, transfer, requests } = tariff;
  return {
    ...{ id, from, provider, where, regions: [...regions], transfer: meterToBody(transfer) },
    ...{ requests: meterToBody(requests), sources: sourcesToBody(tariff.sources) },
  };
}

/** A price table of the platform's. */
export function platformTariffToBody({
  id,
  from,
  base,
  meters,
  sources,
}: PlatformTariff): z.infer<typeof platformTable> {
  const each = Object.entries(meters).map(([name, { unit, price, included }]) => [
    name,
    { per: String(unit), price: inDollars(price), included: String(included) },
  ]);
  return { id, from, base: inDollars(base), meters: Object.fromEntries(each), sources: sourcesToBody(sources) };
}

function meterToBody({ unit, tiers }: Meter): z.infer<typeof meter> {
  const priced = tiers.map(({ upTo, price }) => ({
    ...{ up_to: upTo === null ? null : String(upTo), price: inDollars(price) },
  }));
  return { per: String(unit), tiers: priced };
}

function sourcesToBody(all: readonly Source[]): z.infer<typeof sources> {
  return all.map(({ page, readOn, asOf, confirmed, note }) => ({
    page,
    read_on: readOn,
    as_of: asOf,
    confirmed,
    note,
  }));
}
