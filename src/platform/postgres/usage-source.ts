import { type SQL, sql } from "drizzle-orm";
import { DETAIL_DAYS, type UsageSpan } from "../../core/usage/report.ts";
import type { UsageQuestion } from "../../ports/usage-ledger.ts";
import { COUNTER_COLUMNS } from "./usage-counters.ts";

const HOUR_MS = 3_600_000;
/** More than are kept in detail, and one day for clocks: nobody has us count to the year 9999. */
const MOST_HOURS = (DETAIL_DAYS + 1) * 24;

/** Days, each of a tenant, that are not summed yet, or not anew; `whose`: a condition on `tenant_id`. For `with changed as`. */
export function changedDays(whose: SQL): SQL {
  return sql`select distinct tenant_id, day from usage_changes where ${whose}`;
}

/**
 * Rows of tenant_id, `period` (ms since the epoch), entry_id, rule_id and counters. A day, or a month, to which something
 * was added since it was summed comes by its hours (see `changedDays`), so that what is told never waits for the roll-up.
 */
export function usageSource(
  whose: SQL,
  { by, group, from, to }: Pick<UsageQuestion, "by" | "group" | "from" | "to">,
): SQL {
  const [first, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
  const hours = (unit: SQL, more: SQL) => sql`
    select tenant_id, ${inMs(sql`date_trunc(${unit}, hour at time zone 'UTC')`)} as period, entry_id, rule_id,
      ${COUNTER_COLUMNS}
    from usage_hours
    where ${whose} and hour >= ${first}::timestamptz and hour < ${end}::timestamptz ${more}`;
  if (by === "hour") return hours(sql`'hour'`, sql``);
  const unit = by === "day" ? sql`'day'` : sql`'month'`;
  if (group === "key") return hours(unit, sql``);
  const sums = (table: SQL, column: SQL, more: SQL) => sql`
    select tenant_id, ${inMs(sql`date_trunc(${unit}, ${column}::timestamp)`)} as period, '' as entry_id, rule_id,
      ${COUNTER_COLUMNS}
    from ${table}
    where ${whose} and ${column} >= (${first}::timestamptz at time zone 'UTC')::date
      and ${column} < ${end}::timestamptz at time zone 'UTC' ${more}`;
  const changedHours = hours(unit, sql`and (tenant_id, (hour at time zone 'UTC')::date) in (select * from changed)`);
  const days = (more: SQL) =>
    sums(sql`usage_days`, sql`day`, sql`and (tenant_id, day) not in (select * from changed) ${more}`);
  if (by === "day") return sql`${days(sql``)} union all ${changedHours}`;
  const changedMonths = sql`(select tenant_id, date_trunc('month', day)::date from changed)`;
  return sql`
    ${sums(sql`usage_months`, sql`month`, sql`and (tenant_id, month) not in ${changedMonths}`)}
    union all ${days(sql`and (tenant_id, date_trunc('month', day)::date) in ${changedMonths}`)}
    union all ${changedHours}`;
}

/** As {@link usageSource}, of one entry: a look into the index for each hour, not at all that its tenant did meanwhile. */
export function entrySource(whose: SQL, entry: string, { by, from, to }: UsageSpan): SQL {
  const end = Math.min(to, from + MOST_HOURS * HOUR_MS);
  return sql`
    select tenant_id, ${inMs(sql`date_trunc(${by}::text, hour at time zone 'UTC')`)} as period, entry_id, rule_id,
      ${COUNTER_COLUMNS}
    from generate_series(
      ${new Date(from).toISOString()}::timestamptz,
      ${new Date(end - HOUR_MS).toISOString()}::timestamptz,
      interval '1 hour'
    ) as slot
    join usage_hours on ${whose} and hour = slot and entry_id = ${entry}`;
}

function inMs(timestamp: SQL): SQL {
  return sql`(extract(epoch from ${timestamp}) * 1000)::bigint`;
}
