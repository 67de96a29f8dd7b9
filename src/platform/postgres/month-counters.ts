import { inArray, sql } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";
import type { MonthCounters } from "../../ports/month-counters.ts";
import type { Database } from "./database.ts";
import { entries } from "./schema.ts";

/** What tenants have used, from what is kept: of entries what is stored at this moment. Has no time budget. */
export function postgresMonthCounters(db: Database): MonthCounters {
  return {
    async of(tenants) {
      if (tenants.length === 0) return new Map();
      const rows = await db
        .select({ tenant: entries.tenantId, bytes: sql<string>`coalesce(sum(${entries.size}), 0)` })
        .from(entries)
        .where(inArray(entries.tenantId, [...tenants]))
        .groupBy(entries.tenantId);
      const counted = rows.map(({ tenant, bytes }) => [tenant as TenantId, Number(bytes)] as const);
      return new Map(counted.map(([tenant, storedBytes]) => [tenant, { requests: 0, deliveredBytes: 0, storedBytes }]));
    },
  };
}
