import { and, asc, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { type BatchName, GAVE_UP } from "../../core/preload/batch.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { ManifestSplit, PreloadBatches } from "../../ports/preload-batches.ts";
import { batchSummary } from "./batch-summary.ts";
import type { Database } from "./database.ts";
import { preloadBatches, preloadChunks } from "./schema-preload.ts";

type Row = Pick<typeof preloadBatches.$inferSelect, "run" | "lines" | "chunks">;

const SPLIT = { run: preloadBatches.run, lines: preloadBatches.lines, chunks: preloadBatches.chunks };

/**
 * Bulk preloads in Postgres. Every method is one statement that may be repeated, but for `begin`, which a batch has once.
 * Rejects when Postgres does and has no time budget: callers have theirs.
 */
export function postgresPreloadBatches(db: Database): PreloadBatches {
  return {
    async begin({ tenant, id }, split, now) {
      await db.insert(preloadBatches).values({ id, tenantId: tenant, ...split, createdAt: new Date(now) });
    },

    async standing(batch) {
      const [row] = await db
        .select({ ...SPLIT, failureCode: preloadBatches.failureCode })
        .from(preloadBatches)
        .where(isBatch(batch));
      return row ? { split: splitOf(row), failed: row.failureCode !== null } : null;
    },

    async noteSplit(batch, { run, lines, chunks }) {
      // An update gives back the row as it is after another one that it waited for.
      const unlessNoted = (column: AnyPgColumn, value: number) => sql`coalesce(${column}, ${value}::int)`;
      const [row] = await db
        .update(preloadBatches)
        .set({
          run: unlessNoted(SPLIT.run, run),
          lines: unlessNoted(SPLIT.lines, lines),
          chunks: unlessNoted(SPLIT.chunks, chunks),
        })
        .where(isBatch(batch))
        .returning(SPLIT);
      return row ? splitOf(row) : null;
    },

    async chunk(batch, chunk) {
      const [row] = await db
        .select({ worked: preloadChunks.chunk })
        .from(preloadBatches)
        .leftJoin(preloadChunks, and(eq(preloadChunks.batchId, preloadBatches.id), eq(preloadChunks.chunk, chunk)))
        .where(isBatch(batch));
      if (!row) return "gone";
      return row.worked === null ? "open" : "expanded";
    },

    async noteChunk({ tenant, id }, chunk, { rejected, errors, entries }) {
      await db.execute(sql`
        with batch as (
          select id from preload_batches where id = ${id} and tenant_id = ${tenant} for key share
        ),
        worked as (
          insert into preload_chunks (batch_id, chunk, rejected, errors)
          select id, ${chunk}::int, ${rejected}::int, ${JSON.stringify(errors)}::jsonb from batch
          on conflict do nothing
        )
        insert into preload_batch_entries (batch_id, entry_id)
        select batch.id, wanted.id
        from batch cross join (
          select distinct id from jsonb_array_elements_text(${JSON.stringify(entries)}::jsonb) id order by id
        ) wanted
        on conflict do nothing
      `);
    },

    async fail(batch, { code, message }) {
      await db
        .update(preloadBatches)
        .set({ failureCode: code, failureMessage: message })
        .where(and(isBatch(batch), isNull(preloadBatches.failureCode)));
    },

    async reopen(batch) {
      const isOpen = or(isNull(preloadBatches.failureCode), eq(preloadBatches.failureCode, GAVE_UP));
      const { rowCount } = await db
        .update(preloadBatches)
        .set({ failureCode: null, failureMessage: null })
        .where(and(isBatch(batch), isOpen));
      return rowCount > 0;
    },

    summary: async (batch) => await batchSummary(db, batch),

    async old(before, limit) {
      const rows = await db
        .select({ tenant: preloadBatches.tenantId, id: preloadBatches.id, ...SPLIT })
        .from(preloadBatches)
        .where(lt(preloadBatches.createdAt, new Date(before)))
        .orderBy(asc(preloadBatches.createdAt))
        .limit(limit);
      return rows.map(({ tenant, id, ...row }) => ({ tenant: tenant as TenantId, id, split: splitOf(row) }));
    },

    async drop(batches) {
      await db.delete(preloadBatches).where(
        inArray(
          preloadBatches.id,
          batches.map(({ id }) => id),
        ),
      );
    },
  };
}

function isBatch({ tenant, id }: BatchName) {
  return and(eq(preloadBatches.id, id), eq(preloadBatches.tenantId, tenant));
}

function splitOf({ run, lines, chunks }: Row): ManifestSplit | null {
  return run !== null && lines !== null && chunks !== null ? { run, lines, chunks } : null;
}
