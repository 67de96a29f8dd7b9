import { sql } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";
import { MOST_DAYS_BACK, type StorageLedger } from "../../ports/storage-ledger.ts";
import type { Database } from "./database.ts";
import { ofTenants } from "./of-tenants.ts";
import { STORED_BYTES } from "./stored-bytes.ts";

type Row = {
  readonly tenant: TenantId;
  readonly day: string;
  readonly byte_hours: string;
  readonly stored_bytes: string;
};

/** What tenants have stored over time, in Postgres. Has no time budget. */
export function postgresStorage(db: Database): StorageLedger {
  return {
    sample: async (now, every) => await sampleStorage(db, now, every),

    async days(tenants, { from, to }) {
      if (tenants.length === 0) return [];
      const { rows } = await db.execute<Row>(sql`
        select tenant_id as tenant, day::text as day, trunc(byte_seconds / 3600)::text as byte_hours, stored_bytes
        from storage_days where ${ofTenants(tenants)} and day >= ${from}::date and day < ${to}::date
        order by tenant_id, storage_days.day
      `);
      return rows.map(({ tenant, day, byte_hours, stored_bytes }) => ({
        ...{ tenant, day, byteHours: BigInt(byte_hours), storedBytes: Number(stored_bytes) },
      }));
    },
  };
}

/**
 * One statement for all tenants. It finds out first whether somebody has just looked; only then it reads what is stored,
 * all of it once. Each row is written as a whole, from the tenant's last row as this statement sees it: of two runs at
 * once the later one stands, which counts the same time, and a run that is repeated counts none. Of 200,000 entries of
 * 2,000 tenants the embedded Postgres takes 0.4 s for a look, and 4 ms to find out that it is not time for one.
 */
async function sampleStorage(db: Database, now: number, every: number): Promise<number> {
  const [moment, since] = [now, now - every].map((time) => new Date(time).toISOString());
  const { rowCount } = await db.execute(sql`
    with run as materialized (
      select ${moment}::timestamptz as now, (${moment}::timestamptz at time zone 'UTC')::date as today
      where coalesce((select max(at) from storage_days) <= ${since}::timestamptz, true)
    ),
    stored as materialized (
      select tenant_id, sum(bytes) as bytes from (${STORED_BYTES}) as each
      where exists (select from run) group by tenant_id
    ),
    looked as (
      select tenants.id as tenant_id, now, today, coalesce(stored.bytes, 0) as bytes, known.day as known_day,
        known.at as known_at, coalesce(known.stored_bytes, 0) as known_bytes, coalesce(known.byte_seconds, 0) as known_seconds
      from run cross join tenants
        left join stored on stored.tenant_id = tenants.id
        left join lateral (
          select day, at, stored_bytes, byte_seconds from storage_days where tenant_id = tenants.id order by day desc limit 1
        ) as known on true
      where coalesce(stored.bytes, 0) > 0 or known.stored_bytes > 0
    ),
    each_day as (
      select looked.*, each::date as day, each at time zone 'UTC' as begins,
        least(now, (each + interval '1 day') at time zone 'UTC') as ends
      from looked, generate_series(
        greatest(coalesce(known_day, today), today - ${MOST_DAYS_BACK - 1}::int)::timestamp, today::timestamp, interval '1 day'
      ) as each
    )
    insert into storage_days (tenant_id, day, byte_seconds, stored_bytes, at)
    select tenant_id, day,
      case when day = known_day then known_seconds else 0 end
        + known_bytes * coalesce(greatest(extract(epoch from ends - greatest(known_at, begins)), 0), 0),
      case when day = today then bytes else known_bytes end,
      ends
    from each_day
    on conflict (tenant_id, day) do update
      set byte_seconds = excluded.byte_seconds, stored_bytes = excluded.stored_bytes, at = excluded.at
      where storage_days.at < excluded.at
  `);
  return rowCount;
}
