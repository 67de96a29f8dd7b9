import { type SQL, sql } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";
import { DETAIL_DAYS, type UsageGroup, type UsageRow, type UsageSpan } from "../../core/usage/report.ts";
import type { UsagePage, UsageQuestion } from "../../ports/usage-ledger.ts";
import type { Database } from "./database.ts";
import { COUNTER_COLUMNS, COUNTER_SUMS, countsOfRow } from "./usage-counters.ts";
import { afterUsageCursor, usageCursor } from "./usage-cursor.ts";

const HOUR_MS = 3_600_000;
/** More than are kept in detail, and one day for clocks: nobody has us count to the year 9999. */
const MOST_HOURS = (DETAIL_DAYS + 1) * 24;

type Row = Readonly<Record<string, unknown>> & { readonly period: string; readonly name: string };

/** What usage is grouped by: text, so that one cursor fits all. */
const NAMES: Record<UsageGroup, SQL> = {
  none: sql`''`,
  origin: sql`lpad(rule_id::text, 10, '0')`,
  key: sql`entry_id`,
};

/**
 * Reads a page of a tenant's usage. A day, or a month, to which something was added since it was summed is summed here, so
 * that what is told never waits for the roll-up.
 */
export async function reportUsage(db: Database, tenant: TenantId, question: UsageQuestion): Promise<UsagePage> {
  const { group, cursor, limit } = question;
  const after = cursor === null ? sql`` : sql`where (period, name) > ${afterUsageCursor(cursor)}`;
  const { rows } = await db.execute<Row>(sql`
    with changed as (select distinct day from usage_changes where tenant_id = ${tenant}),
    counted as (${sourceOf(tenant, question)}),
    summed as (select period, ${NAMES[group]} as name, ${COUNTER_SUMS} from counted group by 1, 2),
    page as (select * from summed ${after} order by period, name limit ${limit})
    select page.*, ${DETAILS[group](tenant)} order by period, name
  `);
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { rows: rows.map((row) => rowOf(row, group)), cursor: last ? usageCursor(last.period, last.name) : null };
}

/** What stands beside a name, and where it comes from. */
const DETAILS: Record<UsageGroup, (tenant: TenantId) => SQL> = {
  none: () => sql`null as detail from page`,
  origin: (tenant) => sql`
    case when origin_rules.id is not null then
      scheme || '://' || host
        || case when port = case scheme when 'https' then 443 else 80 end then '' else ':' || port end || path_prefix
    end as detail
    from page left join origin_rules on origin_rules.tenant_id = ${tenant} and origin_rules.id = name::integer`,
  key: (tenant) => sql`
    entries.public_key as detail
    from page left join entries on entries.tenant_id = ${tenant} and entries.id = name`,
};

/** Rows of `period` (ms since the epoch), entry_id, rule_id and counters. */
function sourceOf(tenant: TenantId, { by, group, entry, from, to }: UsageQuestion): SQL {
  if (entry !== null) return hoursOf(tenant, entry, { by, from, to });
  const [first, end] = [new Date(from).toISOString(), new Date(to).toISOString()];
  const hours = (unit: SQL, more: SQL) => sql`
    select ${inMs(sql`date_trunc(${unit}, hour at time zone 'UTC')`)} as period, entry_id, rule_id, ${COUNTER_COLUMNS}
    from usage_hours
    where tenant_id = ${tenant} and hour >= ${first}::timestamptz and hour < ${end}::timestamptz ${more}`;
  if (by === "hour") return hours(sql`'hour'`, sql``);
  const unit = by === "day" ? sql`'day'` : sql`'month'`;
  if (group === "key") return hours(unit, sql``);
  const sums = (table: SQL, column: SQL, more: SQL) => sql`
    select ${inMs(sql`date_trunc(${unit}, ${column}::timestamp)`)} as period, '' as entry_id, rule_id, ${COUNTER_COLUMNS}
    from ${table}
    where tenant_id = ${tenant} and ${column} >= (${first}::timestamptz at time zone 'UTC')::date
      and ${column} < ${end}::timestamptz at time zone 'UTC' ${more}`;
  const changedHours = hours(unit, sql`and (hour at time zone 'UTC')::date in (select day from changed)`);
  const days = (more: SQL) => sums(sql`usage_days`, sql`day`, sql`and day not in (select day from changed) ${more}`);
  if (by === "day") return sql`${days(sql``)} union all ${changedHours}`;
  const changedMonths = sql`(select date_trunc('month', day)::date from changed)`;
  return sql`
    ${sums(sql`usage_months`, sql`month`, sql`and month not in ${changedMonths}`)}
    union all ${days(sql`and date_trunc('month', day)::date in ${changedMonths}`)}
    union all ${changedHours}`;
}

/** As {@link sourceOf}, of one entry: a look into the index for each hour, not at all that the tenant did meanwhile. */
function hoursOf(tenant: TenantId, entry: string, { by, from, to }: UsageSpan): SQL {
  const end = Math.min(to, from + MOST_HOURS * HOUR_MS);
  return sql`
    select ${inMs(sql`date_trunc(${by}::text, hour at time zone 'UTC')`)} as period, entry_id, rule_id, ${COUNTER_COLUMNS}
    from generate_series(
      ${new Date(from).toISOString()}::timestamptz,
      ${new Date(end - HOUR_MS).toISOString()}::timestamptz,
      interval '1 hour'
    ) as slot
    join usage_hours on tenant_id = ${tenant} and hour = slot and entry_id = ${entry}`;
}

function inMs(timestamp: SQL): SQL {
  return sql`(extract(epoch from ${timestamp}) * 1000)::bigint`;
}

function rowOf({ period, name, detail, ...counters }: Row, group: UsageGroup): UsageRow {
  const row = { period: Number(period), counts: countsOfRow(counters) };
  const text = (detail ?? null) as string | null;
  if (group === "key") return { ...row, key: name === "" ? null : (text ?? `url-${name}`) };
  if (group === "none") return row;
  const id = Number(name);
  return { ...row, origin: id === 0 ? null : { id, url: text } };
}
