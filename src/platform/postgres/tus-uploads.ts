import { and, eq, sql } from "drizzle-orm";
import type { UploadName } from "../../core/uploads/upload-session.ts";
import type { TusUploads } from "../../ports/tus-uploads.ts";
import type { Database } from "./database.ts";
import { tusUploads, uploadChunks, uploads } from "./schema-uploads.ts";
import { isOpenSession, isSession } from "./upload-row.ts";

/** What the tus protocol keeps, in Postgres. Every method is one statement, and so one transaction. */
export function postgresTusUploads(db: Database): TusUploads {
  return {
    async begin({ id }, { metadata, concat }) {
      await db.insert(tusUploads).values({ uploadId: id, metadata, concat });
    },

    async find(name) {
      const [row] = await db
        .select({
          row: tusUploads,
          parts: sql<string>`(select count(*) from ${uploadChunks} where upload_id = ${uploads.id})`,
          bytes: sql<string>`(select coalesce(sum(bytes), 0) from ${uploadChunks} where upload_id = ${uploads.id})`,
        })
        .from(tusUploads)
        .innerJoin(uploads, eq(uploads.id, tusUploads.uploadId))
        .where(isSession(name));
      if (!row) return null;
      const { metadata, concat, tailKey, tailBytes } = row.row;
      const tail = tailKey === null ? null : { key: tailKey, bytes: tailBytes };
      return { metadata, concat, tail, parts: Number(row.parts), offset: Number(row.bytes) + (tail?.bytes ?? 0) };
    },

    async findMade({ tenant, token = null }, concat) {
      const [row] = await db
        .select({ id: uploads.id })
        .from(tusUploads)
        .innerJoin(uploads, eq(uploads.id, tusUploads.uploadId))
        .where(
          and(
            eq(uploads.tenantId, tenant),
            token === null ? undefined : eq(uploads.token, token),
            eq(uploads.status, "completed"),
            eq(tusUploads.concat, concat),
          ),
        )
        .limit(1);
      return row?.id ?? null;
    },

    async claim(name, { id, until }, now) {
      const { rowCount } = await db.execute(sql`
        update tus_uploads set writer = ${id}::text, writer_until = ${moment(until)}
        from uploads where ${isOf(name)}
          and (tus_uploads.writer is null or tus_uploads.writer_until <= ${moment(now)})
      `);
      return (rowCount ?? 0) > 0;
    },

    async renew(name, { id, until }) {
      const { rowCount } = await db.execute(sql`
        update tus_uploads set writer_until = ${moment(until)}
        from uploads where ${isOf(name)} and tus_uploads.writer = ${id}::text
      `);
      return (rowCount ?? 0) > 0;
    },

    async keep(name, { id, until }, { chunks, tail }, now) {
      const { rows } = await db.execute<{ kept: number }>(sql`
        with open as (
          update uploads set status = 'in_progress', updated_at = ${moment(now)}
          where ${isSession(name)} and ${isOpenSession()}
            and exists (select from tus_uploads where upload_id = uploads.id and writer = ${id}::text for update)
          returning id
        ),
        state as (
          update tus_uploads set tail_key = ${tail?.key ?? null}::text, tail_bytes = ${tail?.bytes ?? 0}::bigint,
            writer_until = ${moment(until)}
          from open where tus_uploads.upload_id = open.id
        ),
        came as (
          insert into upload_chunks (upload_id, index, etag, bytes, sha256)
          select open.id, chunk.index, chunk.etag, chunk.bytes, chunk.sha256
          from open, jsonb_to_recordset(${JSON.stringify(chunks)}::jsonb)
            as chunk(index integer, etag text, bytes bigint, sha256 text)
          on conflict (upload_id, index) do update
            set etag = excluded.etag, bytes = excluded.bytes, sha256 = excluded.sha256, doubtful = true
        )
        select count(*)::int as kept from open
      `);
      return (rows[0]?.kept ?? 0) > 0;
    },

    async release(name, writerId) {
      await db.execute(sql`
        update tus_uploads set writer = null, writer_until = null
        from uploads where ${isOf(name)} and tus_uploads.writer = ${writerId}::text
      `);
    },
  };
}

function isOf(name: UploadName) {
  return sql`uploads.id = tus_uploads.upload_id and ${isSession(name)}`;
}

function moment(ms: number) {
  return sql`${new Date(ms).toISOString()}::timestamptz`;
}
