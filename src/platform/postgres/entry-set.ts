import { type SQL, sql } from "drizzle-orm";
import type { EntryKey } from "../../core/entry-key.ts";

/**
 * A table of entries with one value each, `wanted(tenant_id, id, <value>)`, from one JSON parameter: a statement holds at
 * most 65,535 parameters, and a plan for each number of them. `type` is the value's type in Postgres.
 */
export function entrySet(type: string, rows: readonly { key: EntryKey; value: unknown }[]): SQL {
  const json = JSON.stringify(rows.map(({ key, value }) => ({ tenant_id: key.tenant, id: key.id, value })));
  return sql`jsonb_to_recordset(${json}::jsonb) as wanted(tenant_id text, id text, value ${sql.raw(type)})`;
}
