import { type SQL, sql } from "drizzle-orm";
import { DELIVERED_BYTES_COUNTERS, REQUEST_COUNTERS } from "../../core/plans/metered-counters.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Counter } from "../../core/usage/counters.ts";
import { periodStart } from "../../core/usage/report.ts";
import type { MonthCounters } from "../../ports/month-counters.ts";
import type { Database } from "./database.ts";
import { STORED_BYTES } from "./stored-bytes.ts";

type Row = {
  readonly tenant: TenantId;
  readonly requests: string;
  readonly delivered: string;
  readonly stored: string;
};

/**
 * What tenants have used: of the month what was rolled up until now, and what is stored at this moment. Has no time budget.
 */
export function postgresMonthCounters(db: Database): MonthCounters {
  return {
    async of(asked, now) {
      if (asked.length === 0) return new Map();
      const month = new Date(periodStart(now, "month")).toISOString().slice(0, 10);
      const { rows } = await db.execute<Row>(sql`
        select asked.id as tenant, coalesce(requests, 0) as requests, coalesce(delivered, 0) as delivered,
          (select coalesce(sum(bytes), 0) from (${STORED_BYTES}) as each where tenant_id = asked.id) as stored
        from jsonb_array_elements_text(${JSON.stringify(asked)}::jsonb) as asked(id)
          left join lateral (
            select sum(${sumOf(REQUEST_COUNTERS)}) as requests, sum(${sumOf(DELIVERED_BYTES_COUNTERS)}) as delivered
            from usage_months where tenant_id = asked.id and month = ${month}::date
          ) as used on true
      `);
      return new Map(
        rows.map(({ tenant, requests, delivered, stored }) => [
          tenant,
          { requests: Number(requests), deliveredBytes: Number(delivered), storedBytes: Number(stored) },
        ]),
      );
    },
  };
}

/** The names are ours, and hold nothing that would have to be quoted. */
function sumOf(names: readonly Counter[]): SQL {
  return sql.raw(names.map((name) => `coalesce(${name}, 0)`).join(" + "));
}
