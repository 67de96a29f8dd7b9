import { type SQL, sql } from "drizzle-orm";
import { MEASURES, type Meter, type ReportSpan, type UsageReport } from "../../core/billing/meters.ts";
import type { BillingReports, ReportQuestion } from "../../ports/billing.ts";
import type { Database } from "./database.ts";

type Row = {
  readonly identifier: string;
  readonly customer: string;
  readonly meter: Meter;
  readonly day: string;
  readonly value: string;
};

/** What was told of usage, in Postgres. Has no time budget. */
export function postgresBillingReports(db: Database): BillingReports {
  return {
    async claim(question) {
      await db.execute(writeDown(question));
      const { rows } = await db.execute<Row>(take(question));
      const held = await db.execute<{ held: number }>(countHeld(question.span));
      return { due: rows.map(reportOf).toSorted(byDay), held: held.rows[0]?.held ?? 0 };
    },

    async settle({ sent, refused }, now) {
      await db.execute(sql`
        update billing_reports
        set sent_at = case when identifier in ${listed(sent)} then ${at(now)} end,
          tried_at = case when identifier in ${listed(sent)} then tried_at end
        where sent_at is null and (identifier in ${listed(sent)} or identifier in ${listed(refused)})
      `);
    },
  };
}

/**
 * One row for each day, tenant and meter of which more was used than was told: under the plan that is paid for, from the
 * first whole day on that it is. Two who do so at once make the same rows, and one of them makes none.
 */
function writeDown({ meters, span, limit, now }: ReportQuestion): SQL {
  const units = meters.map((meter) => sql`(${meter}::text, ${unitsOf(meter)})`);
  if (units.length === 0) return sql`select`;
  return sql`
    with counted as (
      select billing.tenant_id, billing.customer, usage_days.day, meter.name as meter, meter.units
      from billing
        join tenants on tenants.id = billing.tenant_id and tenants.plan = billing.plan
        join usage_days on usage_days.tenant_id = billing.tenant_id
          and usage_days.day > (billing.paying_since at time zone 'UTC')::date
          and usage_days.day >= ${span.from}::date and usage_days.day < ${span.to}::date
        cross join lateral (values ${sql.join(units, sql`, `)}) as meter(name, units)
      where billing.state in ('active', 'late')
    ),
    used as (
      select tenant_id, customer, meter, day, floor(sum(units))::bigint as value from counted group by 1, 2, 3, 4
    ),
    told as (
      select tenant_id, meter, day, sum(value) as value, max(number) as number
      from billing_reports where day >= ${span.from}::date group by 1, 2, 3
    )
    insert into billing_reports (identifier, tenant_id, customer, meter, day, number, value, made_at)
    select concat_ws(':', tenant_id, meter, day, coalesce(told.number, 0) + 1), tenant_id, customer, meter, day,
      coalesce(told.number, 0) + 1, used.value - coalesce(told.value, 0), ${at(now)}
    from used left join told using (tenant_id, meter, day)
    where used.value > coalesce(told.value, 0)
    order by day, tenant_id, meter limit ${limit}
    on conflict (identifier) do nothing
  `;
}

/** Of one rule's day, as a number with decimals: what is left of a unit by one rule is not lost to the next. */
function unitsOf(meter: Meter): SQL {
  const { counters, unit } = MEASURES[meter];
  // The names are ours, and hold nothing that would have to be quoted.
  return sql.raw(`(${counters.map((name) => `coalesce(usage_days.${name}, 0)`).join(" + ")})::numeric / ${unit}`);
}

/** What nobody knows to have arrived, and may be sent. That it was tried is written down first. */
function take({ meters, span, limit, now }: ReportQuestion): SQL {
  return sql`
    update billing_reports set tried_at = coalesce(tried_at, ${at(now)}) where identifier in (
      select identifier from billing_reports
      where sent_at is null and meter in ${listed(meters)} and day >= ${span.from}::date
        and (tried_at is null or tried_at >= ${at(span.triedSince)})
      order by made_at, identifier limit ${limit}
    )
    returning identifier, customer, meter, day::text as day, value
  `;
}

function countHeld({ from, triedSince }: ReportSpan): SQL {
  return sql`
    select count(*)::int as held from billing_reports
    where sent_at is null and (day < ${from}::date or tried_at < ${at(triedSince)})
  `;
}

function reportOf({ value, ...report }: Row): UsageReport {
  return { ...report, value: Number(value) };
}

function byDay(one: UsageReport, other: UsageReport): number {
  return one.day < other.day || (one.day === other.day && one.identifier < other.identifier) ? -1 : 1;
}

/** As one parameter: a statement holds at most 65,535. */
function listed(names: readonly string[]): SQL {
  return sql`(select jsonb_array_elements_text(${JSON.stringify(names)}::jsonb))`;
}

function at(time: number): SQL {
  return sql`${new Date(time).toISOString()}::timestamptz`;
}
