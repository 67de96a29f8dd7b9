import { sql } from "drizzle-orm";
import { type EntryKey, entryKeyOf } from "../../core/entry-key.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Database } from "./database.ts";
import { entrySet } from "./entry-set.ts";

/** Marks copies as wanted anew, one statement for all; rows are locked in the order of their keys. */
export async function wantRefresh(
  db: Database,
  keys: readonly EntryKey[],
  fence: number,
  now: number,
): Promise<EntryKey[]> {
  const wanted = entrySet(
    "text",
    keys.map((key) => ({ key, value: null })),
  );
  const { rows } = await db.execute<{ tenant: TenantId; id: string }>(sql`
    update entries
    set
      refresh_wanted = true,
      fence = case when entries.generation is null then entries.fence else greatest(entries.fence, ${fence}::bigint) end,
      updated_at = ${new Date(now).toISOString()}::timestamptz
    from (
      select entries.tenant_id, entries.id
      from entries join ${wanted} using (tenant_id, id)
      where entries.state in ('filling', 'ready', 'stale')
      order by tenant_id, id for update of entries
    ) as locked
    where entries.tenant_id = locked.tenant_id and entries.id = locked.id
    returning entries.tenant_id as tenant, entries.id
  `);
  return rows.map(({ tenant, id }) => entryKeyOf(tenant, id));
}
