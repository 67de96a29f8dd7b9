import { sql } from "drizzle-orm";
import { bigint, check, index, integer, pgTable, text } from "drizzle-orm/pg-core";
import type { DeadLetterKind } from "../../core/dead-letters/dead-letter.ts";
import { moment } from "./columns.ts";
import { tenants } from "./schema.ts";

/** Messages that were given up, for two weeks. */
export const deadLetters = pgTable(
  "dead_letters",
  {
    /** The message's own. */
    id: text().primaryKey(),
    /** In the order in which they were written down. */
    position: bigint({ mode: "number" }).notNull().unique().generatedAlwaysAsIdentity(),
    kind: text().$type<DeadLetterKind>().notNull(),
    /** Null: the message does not say. */
    tenantId: text("tenant_id").references(() => tenants.id, { onDelete: "cascade" }),
    key: text(),
    batchId: text("batch_id"),
    attempts: integer().notNull(),
    failureCode: text("failure_code").notNull(),
    failureMessage: text("failure_message").notNull(),
    urlEndsAt: moment("url_ends_at"),
    /** The message, which may hold a signed URL. */
    sealed: text().notNull(),
    at: moment("at").notNull(),
    /** Null: nobody has sent it again. */
    replayedAt: moment("replayed_at"),
  },
  (table) => [
    index("dead_letters_by_age").on(table.at),
    index("dead_letters_waiting").on(table.position).where(sql`${table.replayedAt} is null`),
    index("dead_letters_by_tenant").on(table.tenantId),
    check("dead_letters_kind", sql`${table.kind} in ('fill', 'manifest', 'manifest_chunk', 'unknown')`),
  ],
);
