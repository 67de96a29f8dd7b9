import { sql } from "drizzle-orm";
import type { EntryWish } from "../../ports/entry-ledger.ts";
import type { Database } from "./database.ts";
import { entrySet } from "./entry-set.ts";
import { unionOfTagColumns } from "./entry-tags.ts";

/**
 * Changes of many entries, one statement each. Rows are locked in the order of their keys, so that two statements on the
 * same entries wait for one another and never in a circle. Entries that are not there are passed over.
 */

/** Puts a known caller behind entries; a wish of `null` leaves an earlier one, unless its moment has come. */
export async function adopt(db: Database, wishes: readonly EntryWish[], now: number): Promise<void> {
  const rows = wishes.map(({ key, expiresAt, tags }) => {
    return { key, value: { expires_at: expiresAt === null ? null : iso(expiresAt), tags } };
  });
  await db.execute(sql`
    update entries
    set
      trusted = true,
      expires_at = coalesce(wish.expires_at, case when entries.expires_at > ${iso(now)} then entries.expires_at end),
      tags = ${unionOfTagColumns(sql`entries.tags`, sql`wish.tags`)},
      updated_at = ${iso(now)}
    from (
      select
        entries.tenant_id, entries.id, (wanted.value ->> 'expires_at')::timestamptz as expires_at,
        array(select jsonb_array_elements_text(wanted.value -> 'tags')) as tags
      from entries join ${entrySet("jsonb", rows)} using (tenant_id, id)
      order by tenant_id, id for update of entries
    ) as wish
    where entries.tenant_id = wish.tenant_id and entries.id = wish.id
  `);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
