import { type SQL, sql } from "drizzle-orm";
import type { BillingChange } from "../../ports/billing.ts";
import type { Database } from "./database.ts";

/**
 * Writes down an event and what it changes in one statement, which is one transaction: the event, the billing, the tenant's
 * plan and the row of the audit log. The rows are locked first, so that of two who come at once the second sees what the
 * first has done: the same event finds itself written down, another one an older version.
 */
export async function applyBilling(db: Database, change: BillingChange): Promise<"applied" | "again" | "outrun"> {
  const { tenant, event, by, news, now } = change;
  const { rows } = await db.execute<{ locked: number; heard: number }>(sql`
    with locked as materialized (
      select tenants.id from billing join tenants on tenants.id = billing.tenant_id
      where billing.tenant_id = ${tenant} and billing.version = ${by.version} and tenants.plan = ${by.plan}
      for no key update
    ),
    heard as (
      insert into billing_events (id, tenant_id, kind, at, heard_at)
      select ${event.id}, id, ${event.kind}, ${moment(event.at)}, ${moment(now)} from locked
      on conflict (id) do nothing returning tenant_id
    )
    ${news === null ? sql`` : changes(news, now)}
    select (select count(*) from locked)::int as locked, (select count(*) from heard)::int as heard
  `);
  const [{ locked = 0, heard = 0 } = {}] = rows;
  return heard > 0 ? "applied" : locked > 0 ? "again" : "outrun";
}

/** The rest of the statement, which does something only where the event is new. */
function changes({ billing, plan, audit }: NonNullable<BillingChange["news"]>, now: number): SQL {
  const { subscription, payingSince, heardAt } = billing;
  const { id = null, state = null, plan: bought = null, periodEnd = null, endsAt = null } = subscription ?? {};
  const { actor, action, detail, address, requestId } = audit;
  const planned = sql`,
    planned as (
      update tenants set plan = ${plan?.id ?? null}, plan_object_bytes = ${plan?.maxObjectBytes ?? null}::bigint
      from heard where tenants.id = heard.tenant_id
    )`;
  return sql`,
    kept as (
      update billing set subscription = ${id}, state = ${state}, plan = ${bought}, period_end = ${moment(periodEnd)},
        ends_at = ${moment(endsAt)}, paying_since = ${moment(payingSince)}, heard_at = ${moment(heardAt)},
        version = version + 1
      from heard where billing.tenant_id = heard.tenant_id
    ),
    noted as (
      insert into audit_log (tenant_id, at, actor, action, detail, address, request_id)
      select tenant_id, ${moment(now)}, ${actor}, ${action}, ${JSON.stringify(detail)}::jsonb, ${address}, ${requestId}
      from heard
    )${plan === null ? sql`` : planned}`;
}

function moment(time: number | null): SQL {
  return time === null ? sql`null::timestamptz` : sql`${new Date(time).toISOString()}::timestamptz`;
}
