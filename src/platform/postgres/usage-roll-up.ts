import { sql } from "drizzle-orm";
import type { Database } from "./database.ts";
import { COUNTER_COLUMNS, COUNTER_SUMS, REPLACE_COUNTERS } from "./usage-counters.ts";

/** Names the lock of those who roll up: a number of ours, in the one space that advisory locks have. */
const ROLL_UP_LOCK = 7_100_503;

/**
 * Sums hours into days and days into months, where something was added since the last time. One transaction, behind a
 * lock: of two sums of a day the later must be the newer. Each statement sees what was committed before it began, so what
 * is added meanwhile is in the sum or is still written down as a change, or both.
 */
export async function rollUpUsage(db: Database): Promise<number> {
  const [, , days] = await db.batch([
    db.execute(sql`select pg_advisory_xact_lock(${ROLL_UP_LOCK})`),
    db.execute(sql`update usage_changes set taken = true`),
    db.execute(sql`
      insert into usage_days (tenant_id, day, rule_id, ${COUNTER_COLUMNS})
      select usage_hours.tenant_id, changed.day, rule_id, ${COUNTER_SUMS}
      from (select distinct tenant_id, day from usage_changes where taken) as changed
        join usage_hours on usage_hours.tenant_id = changed.tenant_id
          and hour >= changed.day::timestamp at time zone 'UTC'
          and hour < (changed.day + 1)::timestamp at time zone 'UTC'
      group by 1, 2, 3
      on conflict (tenant_id, day, rule_id) do update set ${REPLACE_COUNTERS}
    `),
    db.execute(sql`
      insert into usage_months (tenant_id, month, rule_id, ${COUNTER_COLUMNS})
      select usage_days.tenant_id, changed.month, rule_id, ${COUNTER_SUMS}
      from (select distinct tenant_id, date_trunc('month', day)::date as month from usage_changes where taken) as changed
        join usage_days on usage_days.tenant_id = changed.tenant_id
          and day >= changed.month and day < changed.month + interval '1 month'
      group by 1, 2, 3
      on conflict (tenant_id, month, rule_id) do update set ${REPLACE_COUNTERS}
    `),
    db.execute(sql`delete from usage_changes where taken`),
  ]);
  return days.rowCount;
}
