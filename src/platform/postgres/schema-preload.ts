import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import type { LineError } from "../../core/preload/batch.ts";
import { moment } from "./columns.ts";
import { tenantId } from "./schema.ts";

/** One row per bulk preload, for a week. What was read of a manifest is null together until all of it was read. */
export const preloadBatches = pgTable(
  "preload_batches",
  {
    id: text().primaryKey(),
    tenantId: tenantId(),
    /** Which reading of the manifest counts; 0: it was a list. */
    run: integer(),
    lines: integer(),
    chunks: integer(),
    failureCode: text("failure_code"),
    failureMessage: text("failure_message"),
    createdAt: moment("created_at").notNull(),
  },
  (table) => [index("preload_batches_by_age").on(table.createdAt)],
);

const batchId = () =>
  text("batch_id")
    .notNull()
    .references(() => preloadBatches.id, { onDelete: "cascade" });

/** Chunks of a batch's lines that were worked on, once each. */
export const preloadChunks = pgTable(
  "preload_chunks",
  {
    batchId: batchId(),
    chunk: integer().notNull(),
    rejected: integer().notNull(),
    /** The first of the rejected lines, without their URLs. */
    errors: jsonb().$type<readonly LineError[]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.batchId, table.chunk] })],
);

/** What a batch wanted. An entry of its tenant's; no foreign key, which would cost a look at each of 100,000. */
export const preloadBatchEntries = pgTable(
  "preload_batch_entries",
  { batchId: batchId(), entryId: text("entry_id").notNull() },
  (table) => [primaryKey({ columns: [table.batchId, table.entryId] })],
);
