import { sql } from "drizzle-orm";
import type { UsageBatch } from "../../core/usage/batch.ts";
import type { Database } from "./database.ts";
import { addCounters, COUNTER_COLUMNS, COUNTER_SUMS, COUNTER_TYPES } from "./usage-counters.ts";

/**
 * Adds batches in one statement, which is one transaction: that a batch was added is written down with what it adds, so
 * that one which comes again, before, after or while this is under way, adds nothing. Who brings the same batch at the same
 * time waits at its id. Rows are locked in the order of their keys everywhere, so that nobody waits in a circle.
 *
 * Tenants and entries that are gone are passed over. Returns how many batches were new.
 */
export async function addUsage(db: Database, batches: readonly UsageBatch[]): Promise<number> {
  if (batches.length === 0) return 0;
  const { rows } = await db.execute<{ added: number }>(sql`
    with sent as materialized (
      select distinct on (batch.id) batch.*
      from jsonb_to_recordset(${recordset(batches)}::jsonb)
        as batch(id uuid, isolate uuid, sequence bigint, at timestamptz, cells jsonb)
      order by batch.id
    ),
    fresh as (
      insert into usage_batches (id, at) select id, at from sent order by id on conflict do nothing returning id
    ),
    cells as materialized (
      select tenants.id as tenant_id, to_timestamp(cell.hour * 3600) as moment, coalesce(cell.entry, '') as entry_id,
        coalesce(cell.rule, 0) as rule_id, ${COUNTER_COLUMNS}
      from sent join fresh using (id),
        jsonb_to_recordset(sent.cells)
          as cell(tenant text, hour bigint, entry text, rule integer, ${COUNTER_TYPES})
        join tenants on tenants.id = cell.tenant
    ),
    hours as (
      insert into usage_hours (tenant_id, hour, entry_id, rule_id, ${COUNTER_COLUMNS})
      select tenant_id, moment, entry_id, rule_id, ${COUNTER_SUMS}
      from cells group by 1, 2, 3, 4 order by 1, 2, 3, 4
      on conflict (tenant_id, hour, entry_id, rule_id) do update set ${addCounters("usage_hours")}
    ),
    changes as (
      insert into usage_changes (tenant_id, day)
      select distinct tenant_id, (moment at time zone 'UTC')::date from cells
    ),
    entry_hits as (
      update entries set hits = entries.hits + counted.hits
      from (
        select locked.tenant_id, locked.id, sum(locked.counted) as hits
        from (
          select entries.tenant_id, entries.id, cells.hits as counted
          from entries join cells on cells.tenant_id = entries.tenant_id and cells.entry_id = entries.id
          where cells.hits > 0
          order by entries.tenant_id, entries.id for update of entries
        ) as locked
        group by 1, 2
      ) as counted
      where entries.tenant_id = counted.tenant_id and entries.id = counted.id
    ),
    isolates as (
      insert into usage_isolates (id, first_at, last_at, batches, last_sequence)
      select isolate, min(at), max(at), count(*), max(sequence)
      from sent join fresh using (id) group by isolate order by isolate
      on conflict (id) do update set
        first_at = least(usage_isolates.first_at, excluded.first_at),
        last_at = greatest(usage_isolates.last_at, excluded.last_at),
        batches = usage_isolates.batches + excluded.batches,
        last_sequence = greatest(usage_isolates.last_sequence, excluded.last_sequence)
    )
    select count(*)::int as added from fresh
  `);
  return rows[0]?.added ?? 0;
}

/** From one JSON parameter: a statement holds at most 65,535. */
function recordset(batches: readonly UsageBatch[]): string {
  return JSON.stringify(
    batches.map(({ id, isolate, sequence, at, cells }) => ({
      ...{ id, isolate, sequence, at: new Date(at).toISOString() },
      cells: cells.map(({ counts, ...cell }) => ({ ...cell, ...counts })),
    })),
  );
}
