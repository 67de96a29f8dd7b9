import { divideHalfUp } from "./money.ts";
import type { PlatformUsage } from "./platform-tariff.ts";

/**
 * Divides something whole by weights, so that the shares add up to it exactly: each is what a running total has more,
 * rounded. Where nothing weighs anything nobody has a share. Throws a RangeError for a weight of less than nothing.
 */
export function sharesOf(whole: bigint, weights: readonly bigint[]): bigint[] {
  if (weights.some((weight) => weight < 0n)) throw new RangeError("a share cannot weigh less than nothing");
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  let weighed = 0n;
  return weights.map((weight) => {
    if (all === 0n) return 0n;
    const before = divideHalfUp(whole * weighed, all);
    weighed += weight;
    return divideHalfUp(whole * weighed, all) - before;
  });
}

/** What the database was charged with, all tenants together. */
export type PostgresUsage = { readonly cuSeconds: bigint; readonly byteHours: bigint; readonly egressBytes: bigint };

/** By what a tenant's share in it is measured. */
export type PostgresWeight = { readonly workerRequests: bigint; readonly entries: bigint };

/**
 * Each tenant's share in the database, which is paid for by the hour and asks nobody whom it serves: its time and what it
 * sends by requests to our Workers, since it is a request that asks it something; what it keeps by entries, since nearly
 * every row that it has belongs to one.
 */
export function postgresShares(used: PostgresUsage, tenants: readonly PostgresWeight[]): PlatformUsage[] {
  const requests = tenants.map(({ workerRequests }) => workerRequests);
  const entries = tenants.map((tenant) => tenant.entries);
  const time = sharesOf(used.cuSeconds, requests);
  const sent = sharesOf(used.egressBytes, requests);
  const kept = sharesOf(used.byteHours, entries);
  return tenants.map((_, at) => ({
    postgresCuSeconds: time[at] ?? 0n,
    postgresByteHours: kept[at] ?? 0n,
    postgresEgressBytes: sent[at] ?? 0n,
  }));
}
