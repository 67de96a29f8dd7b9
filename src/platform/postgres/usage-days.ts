import { sql } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";
import { COUNTERS, type Counts } from "../../core/usage/counters.ts";
import { dayOf } from "../../core/usage/stored-days.ts";
import type { DaysQuestion, TenantDay } from "../../ports/usage-ledger.ts";
import type { Database } from "./database.ts";
import { ofTenants } from "./of-tenants.ts";
import { COUNTER_SUMS } from "./usage-counters.ts";
import { changedDays, usageSource } from "./usage-source.ts";

type Row = Readonly<Record<string, unknown>> & {
  readonly tenant_id: TenantId;
  readonly period: string;
  readonly rule_id: number;
};

/** What was counted of each of these tenants, by day and rule. */
export async function usageDays(
  db: Database,
  tenants: readonly TenantId[],
  { from, to, limit }: DaysQuestion,
): Promise<TenantDay[]> {
  if (tenants.length === 0) return [];
  const whose = ofTenants(tenants);
  const { rows } = await db.execute<Row>(sql`
    with changed as (${changedDays(whose)}),
    counted as (${usageSource(whose, { by: "day", group: "origin", from, to })})
    select tenant_id, period, rule_id, ${COUNTER_SUMS} from counted group by 1, 2, 3 order by 1, 2, 3 limit ${limit}
  `);
  return rows.map(({ tenant_id, period, rule_id, ...counters }) => ({
    ...{ tenant: tenant_id, day: dayOf(Number(period)), rule: rule_id, counts: countedOf(counters) },
  }));
}

function countedOf(row: Readonly<Record<string, unknown>>): Counts {
  const counts: Counts = {};
  for (const name of COUNTERS) {
    const count = Number(row[name] ?? 0);
    if (count > 0) counts[name] = count;
  }
  return counts;
}
