import { type SQL, sql } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";
import type { UsageGroup, UsageRow } from "../../core/usage/report.ts";
import type { UsagePage, UsageQuestion } from "../../ports/usage-ledger.ts";
import type { Database } from "./database.ts";
import { COUNTER_SUMS, countsOfRow } from "./usage-counters.ts";
import { afterUsageCursor, usageCursor } from "./usage-cursor.ts";
import { changedDays, entrySource, usageSource } from "./usage-source.ts";

type Row = Readonly<Record<string, unknown>> & { readonly period: string; readonly name: string };

/** What usage is grouped by: text, so that one cursor fits all. */
const NAMES: Record<UsageGroup, SQL> = {
  none: sql`''`,
  origin: sql`lpad(rule_id::text, 10, '0')`,
  key: sql`entry_id`,
};

/** Reads a page of the usage of a tenant, or of all together (`null`). */
export async function reportUsage(db: Database, tenant: TenantId | null, question: UsageQuestion): Promise<UsagePage> {
  const { group, entry, cursor, limit } = question;
  const whose = tenant === null ? sql`true` : sql`tenant_id = ${tenant}`;
  const after = cursor === null ? sql`` : sql`where (period, name) > ${afterUsageCursor(cursor)}`;
  const { rows } = await db.execute<Row>(sql`
    with changed as (${changedDays(whose)}),
    counted as (${entry === null ? usageSource(whose, question) : entrySource(whose, entry, question)}),
    summed as (select period, ${NAMES[group]} as name, ${COUNTER_SUMS} from counted group by 1, 2),
    page as (select * from summed ${after} order by period, name limit ${limit})
    select page.*, ${DETAILS[group](tenant)} order by period, name
  `);
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { rows: rows.map((row) => rowOf(row, group)), cursor: last ? usageCursor(last.period, last.name) : null };
}

/** What stands beside a name, and where it comes from. */
const DETAILS: Record<UsageGroup, (tenant: TenantId | null) => SQL> = {
  none: () => sql`null as detail from page`,
  // Ids of rules are nobody else's; those of entries are each tenant's own.
  origin: (tenant) => sql`
    case when origin_rules.id is not null then
      scheme || '://' || host
        || case when port = case scheme when 'https' then 443 else 80 end then '' else ':' || port end || path_prefix
    end as detail
    from page left join origin_rules on origin_rules.id = name::integer
      and origin_rules.tenant_id = ${tenant === null ? sql`origin_rules.tenant_id` : tenant}`,
  key: (tenant) => sql`
    entries.public_key as detail
    from page left join entries on entries.tenant_id = ${tenant} and entries.id = name`,
};

function rowOf({ period, name, detail, ...counters }: Row, group: UsageGroup): UsageRow {
  const row = { period: Number(period), counts: countsOfRow(counters) };
  const text = (detail ?? null) as string | null;
  if (group === "key") return { ...row, key: name === "" ? null : (text ?? `url-${name}`) };
  if (group === "none") return row;
  const id = Number(name);
  return { ...row, origin: id === 0 ? null : { id, url: text } };
}
