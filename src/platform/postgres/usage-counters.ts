import { type SQL, sql } from "drizzle-orm";
import { COUNTERS, type Counter } from "../../core/usage/counters.ts";

/** The counters' columns in SQL. Their names are ours, and hold nothing that would have to be quoted. */
export const COUNTER_COLUMNS = sql.raw(COUNTERS.join(", "));

/** Their sums, each null where nothing was counted. */
export const COUNTER_SUMS = sql.raw(COUNTERS.map((name) => `sum(${name}) as ${name}`).join(", "));

/** As columns of a `jsonb_to_recordset`. */
export const COUNTER_TYPES = sql.raw(COUNTERS.map((name) => `${name} bigint`).join(", "));

/** For `on conflict do update set`: what is there and what comes, where either is more than nothing. */
export function addCounters(table: string): SQL {
  const added = COUNTERS.map(
    (name) => `${name} = coalesce(${table}.${name} + excluded.${name}, ${table}.${name}, excluded.${name})`,
  );
  return sql.raw(added.join(", "));
}

/** For `on conflict do update set`: what comes, in the place of what is there. */
export const REPLACE_COUNTERS = sql.raw(COUNTERS.map((name) => `${name} = excluded.${name}`).join(", "));

/** A row's counters, whose values the driver gives as text where they are sums. */
export function countsOfRow(row: Readonly<Record<string, unknown>>): Record<Counter, number> {
  return Object.fromEntries(COUNTERS.map((name) => [name, Number(row[name] ?? 0)])) as Record<Counter, number>;
}
