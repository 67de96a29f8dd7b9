import type { OriginTariff, Provider } from "./origin-tariff.ts";
import { AZURE } from "./origins/azure.ts";
import { CLOUDFRONT } from "./origins/cloudfront.ts";
import { GCS } from "./origins/gcs.ts";
import { R2 } from "./origins/r2.ts";
import { S3 } from "./origins/s3.ts";
import { inForce } from "./source.ts";

/** All price tables of origins. */
export const ORIGIN_TARIFFS: readonly OriginTariff[] = [...S3, ...CLOUDFRONT, ...GCS, ...AZURE, ...R2];

/** The table of an id that held on a day (`YYYY-MM-DD`); `null`: no such id. */
export function originTariff(id: string, day: string): OriginTariff | null {
  return inForce(ORIGIN_TARIFFS, id, day);
}

/**
 * The id for a provider and a region by the vendor's name, as hosts of buckets show it. Where no region is told, or none
 * matters, the provider's first table, which is the most usual one. `null`: a region that is not in the tables.
 */
export function tariffId(provider: Provider, region: string | null): string | null {
  const tables = ORIGIN_TARIFFS.filter((tariff) => tariff.provider === provider);
  const byRegion = tables.some(({ regions }) => regions.length > 0);
  const found = region !== null && byRegion ? tables.find(({ regions }) => regions.includes(region)) : tables[0];
  return found?.id ?? null;
}
