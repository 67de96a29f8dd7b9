import type { Counters } from "../core/plans/judge-standing.ts";
import type { TenantId } from "../core/tenant.ts";

/** What tenants have used of the month (UTC) that `now` (ms since the epoch) is in. Who is not in it has used nothing. */
export type MonthCounters = {
  of(tenants: readonly TenantId[], now: number): Promise<ReadonlyMap<TenantId, Counters>>;
};
