import { sql } from "drizzle-orm";
import { entryKeyOf } from "../../core/entry-key.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { FillNote, Orphan } from "../../ports/entry-ledger.ts";
import type { Database } from "./database.ts";
import { unionOfTagColumns } from "./entry-tags.ts";

/**
 * Notes any number of wanted fills in one statement; 1,000 are about 500 KB of JSON. Of several notes of one entry the
 * highest fence counts.
 *
 * Copy and trust stay with an entry while that is bound to the same object: a stranger's fill takes neither away, and
 * inherits none of another object. Rows are locked in the order of their keys, so that two of these statements never
 * wait for each other in a circle.
 */
export async function noteFills(db: Database, notes: readonly FillNote[], now: number): Promise<Orphan[]> {
  if (notes.length === 0) return [];
  const at = new Date(now).toISOString();
  const { rows } = await db.execute<{ tenant: TenantId; id: string; generation: string }>(sql`
    with wanted as (
      select distinct on (tenant_id, id) *
      from jsonb_to_recordset(${recordset(notes)}::jsonb) as note(
        tenant_id text, id text, public_key text, fence bigint, bound_to text, trusted boolean, source_url text,
        expires_at timestamptz, tags jsonb
      )
      order by tenant_id, id, fence desc
    ),
    before as (
      select entries.tenant_id, entries.id, entries.generation
      from entries join wanted using (tenant_id, id)
      order by tenant_id, id
      for update of entries
    ),
    noted as (
      insert into entries (
        tenant_id, id, public_key, fence, bound_to, trusted, source_url, expires_at, tags, state, created_at, updated_at
      )
      select
        tenant_id, id, public_key, fence, bound_to, wanted.trusted, source_url, expires_at,
        array(select jsonb_array_elements_text(wanted.tags)), 'filling',
        ${at}::timestamptz, ${at}::timestamptz
      -- Joined only so that the locks come first.
      from wanted left join before using (tenant_id, id)
      order by tenant_id, id
      on conflict (tenant_id, id) do update set
        public_key = excluded.public_key,
        fence = excluded.fence,
        bound_to = excluded.bound_to,
        source_url = excluded.source_url,
        updated_at = excluded.updated_at,
        expires_at = coalesce(
          excluded.expires_at,
          case when entries.expires_at > excluded.updated_at then entries.expires_at end
        ),
        tags = case
          when entries.bound_to = excluded.bound_to then ${unionOfTagColumns(sql`entries.tags`, sql`excluded.tags`)}
          else excluded.tags
        end,
        -- A new fill, where there is no copy, fetches what is there after the wish.
        refresh_wanted = entries.refresh_wanted and entries.bound_to = excluded.bound_to
          and (entries.generation is not null or entries.fence = excluded.fence),
        trusted = excluded.trusted or (entries.trusted and entries.bound_to = excluded.bound_to),
        state = case
          when entries.bound_to = excluded.bound_to and entries.generation is not null then entries.state
          else 'filling'
        end,
        ${copyOnlyIfBound()}
      where entries.fence <= excluded.fence
      returning tenant_id, id, generation
    )
    select before.tenant_id as tenant, before.id, before.generation
    from before join noted using (tenant_id, id)
    where before.generation is not null and noted.generation is null
  `);
  return rows.map(({ tenant, id, generation }) => ({ key: entryKeyOf(tenant, id), generation }));
}

function recordset(notes: readonly FillNote[]): string {
  return JSON.stringify(
    notes.map((note) => ({
      tenant_id: note.key.tenant,
      id: note.key.id,
      public_key: note.publicKey,
      fence: note.fence,
      bound_to: note.boundTo,
      trusted: note.trusted,
      source_url: note.sourceUrl,
      expires_at: note.expiresAt === null ? null : new Date(note.expiresAt).toISOString(),
      tags: note.tags,
    })),
  );
}

const COPY_COLUMNS = [
  ...["generation", "size", "content_type", "etag", "origin_etag", "sha256", "parts_sha256", "part_bytes"],
  ...["stored_at", "fresh_until"],
];

function copyOnlyIfBound() {
  const kept = (column: string) =>
    sql.raw(`${column} = case when entries.bound_to = excluded.bound_to then entries.${column} end`);
  return sql.join(COPY_COLUMNS.map(kept), sql`, `);
}
