import { and, asc, eq, inArray, lt, lte, sql } from "drizzle-orm";
import type { UploadName } from "../../core/uploads/upload-session.ts";
import type { Uploads } from "../../ports/uploads.ts";
import type { Database } from "./database.ts";
import { uploadChunks, uploads } from "./schema-uploads.ts";
import { chunkOf, isOpenSession, isSession, rowOf, sessionOf } from "./upload-row.ts";

/** Indices beyond this are no number of Postgres'. */
const MOST = 2 ** 31 - 1;

/** Sessions of uploads in Postgres. Every method is one statement, and so one transaction. Has no time budget. */
export function postgresUploads(db: Database): Uploads {
  async function find(name: UploadName) {
    const [row] = await db.select().from(uploads).where(isSession(name));
    return row ? sessionOf(row) : null;
  }

  return {
    find,

    async begin(plan) {
      const begun = await db.insert(uploads).values(rowOf(plan)).onConflictDoNothing();
      return begun.rowCount > 0;
    },

    async findForChunk(name, index) {
      if (!Number.isInteger(index) || index < 0 || index > MOST) return await find(name);
      const again = db.$with("again", { id: uploadChunks.uploadId }).as(sql`
        update ${uploadChunks} set doubtful = true from ${uploads}
        where ${uploads.id} = ${uploadChunks.uploadId} and ${isSession(name)}
          and ${uploadChunks.index} = ${index}::int and not ${uploadChunks.doubtful}
        returning ${uploadChunks.uploadId} as id
      `);
      const [row] = await db.with(again).select().from(uploads).where(isSession(name));
      return row ? sessionOf(row) : null;
    },

    async keepChunk(name, chunk, now) {
      const { rowCount } = await db.execute(sql`
        with open as (
          update uploads set status = 'in_progress', updated_at = ${new Date(now).toISOString()}::timestamptz
          where ${isSession(name)} and ${isOpenSession()} returning id
        )
        insert into upload_chunks (upload_id, index, etag, bytes, sha256)
        select id, ${chunk.index}::int, ${chunk.etag}::text, ${chunk.bytes}::bigint, ${chunk.sha256}::text from open
        on conflict (upload_id, index) do update
          set etag = excluded.etag, bytes = excluded.bytes, sha256 = excluded.sha256, doubtful = true
      `);
      return (rowCount ?? 0) > 0;
    },

    async chunks(name) {
      const rows = await db
        .select({ chunk: uploadChunks })
        .from(uploadChunks)
        .innerJoin(uploads, eq(uploads.id, uploadChunks.uploadId))
        .where(isSession(name))
        .orderBy(asc(uploadChunks.index));
      return rows.map(({ chunk }) => chunkOf(chunk));
    },

    async forgetDoubtful(name) {
      const { rows } = await db.execute<{ index: number }>(sql`
        delete from upload_chunks using uploads
        where uploads.id = upload_chunks.upload_id and ${isSession(name)} and ${isOpenSession()}
          and upload_chunks.doubtful
        returning upload_chunks.index
      `);
      return rows.map(({ index }) => Number(index)).toSorted((a, b) => a - b);
    },

    async forgetAll(name) {
      await db.execute(sql`
        delete from upload_chunks using uploads
        where uploads.id = upload_chunks.upload_id and ${isSession(name)} and ${isOpenSession()}
      `);
    },

    async end(name, end, now) {
      const result = end.status === "completed" ? end.result : null;
      const { rowCount } = await db
        .update(uploads)
        .set({
          status: end.status,
          updatedAt: new Date(now),
          ...(result && { etag: result.etag, fileSha256: result.sha256, assetId: result.assetId }),
        })
        .where(and(isSession(name), isOpenSession()));
      return rowCount > 0;
    },

    async noteAsset(name, assetId) {
      await db
        .update(uploads)
        .set({ assetId })
        .where(and(isSession(name), eq(uploads.status, "completed")));
    },

    async overdue(now, limit) {
      const isOver = and(isOpenSession(), lte(uploads.expiresAt, new Date(now)));
      return (await db.select().from(uploads).where(isOver).orderBy(asc(uploads.expiresAt)).limit(limit)).map(
        sessionOf,
      );
    },

    async littered(before, limit) {
      const isLitter = and(isGivenUp(), eq(uploads.cleared, false), lt(uploads.updatedAt, new Date(before)));
      return (await db.select().from(uploads).where(isLitter).orderBy(asc(uploads.updatedAt)).limit(limit)).map(
        sessionOf,
      );
    },

    async noteCleared(names) {
      if (names.length === 0) return;
      const ids = names.map(({ id }) => id);
      await db
        .update(uploads)
        .set({ cleared: true })
        .where(and(inArray(uploads.id, ids), isGivenUp()));
    },

    async dropEnded(before) {
      const isGone = and(isGivenUp(), eq(uploads.cleared, true), lt(uploads.updatedAt, new Date(before)));
      return (await db.delete(uploads).where(isGone)).rowCount;
    },
  };
}

function isGivenUp() {
  return sql`${uploads.status} in ('cancelled', 'expired')`;
}
