import { and, eq, inArray, sql } from "drizzle-orm";
import { COPY_LOST } from "../../core/entry.ts";
import type { EntryKey } from "../../core/entry-key.ts";
import { ENTRIES_SEARCHED } from "../../core/entry-listing.ts";
import type { EntryLedger, Orphan } from "../../ports/entry-ledger.ts";
import type { Database, DatabaseSettings } from "./database.ts";
import { adopt } from "./entry-bulk.ts";
import { entryList } from "./entry-list.ts";
import { copyColumns, ledgerEntry, NO_COPY, NO_FAILURE } from "./entry-row.ts";
import { entrySelection } from "./entry-selection.ts";
import { isEntry, unlessNewer } from "./entry-where.ts";
import { expiredEntries } from "./expired-entries.ts";
import { findEntry } from "./find-entry.ts";
import { noteFills } from "./note-fills.ts";
import { entries } from "./schema.ts";
import { wantRefresh } from "./want-refresh.ts";

/**
 * The ledger in Postgres. Every method is one statement, which the fence makes safe to repeat; several at once on the
 * same entry wait for each other. Rejects when Postgres does and has no time budget: callers have theirs. `searched`: how
 * many entries one page of a search looks at.
 */
export function postgresLedger(db: Database, settings: DatabaseSettings, searched = ENTRIES_SEARCHED): EntryLedger {
  /** The row as it was: an update returns the new one only (Postgres before 18). Locks it, so that it is the last. */
  const before = (key: EntryKey, fence?: number) =>
    db
      .select({ generation: entries.generation, state: entries.state })
      .from(entries)
      .where(fence === undefined ? isEntry(key) : unlessNewer(key, fence))
      .for("update")
      .as("before");

  return {
    ...findEntry(settings),
    list: entryList(db, searched),
    expired: expiredEntries(db),
    select: entrySelection(db),

    noteFills: async (notes, now) => await noteFills(db, notes, now),
    adopt: async (wishes, now) => await adopt(db, wishes, now),
    wantRefresh: async (keys, fence, now) => await wantRefresh(db, keys, fence, now),

    async publish(key, fence, copy, now) {
      const old = before(key, fence);
      const [row] = await db
        .update(entries)
        .set({
          state: "ready",
          fence,
          ...copyColumns(copy),
          ...NO_FAILURE,
          // The same copy again was what the wish was about, if there is one.
          refreshWanted: sql`${entries.refreshWanted} and (${entries.generation} is null or ${entries.generation} = ${copy.generation})`,
          updatedAt: new Date(now),
        })
        .from(old)
        .where(unlessNewer(key, fence))
        .returning({ generation: old.generation });
      // The same copy again: the message came twice, and nothing was superseded.
      return row ? { superseded: row.generation === copy.generation ? null : orphan(key, row.generation) } : null;
    },

    async fail(key, fence, { code, message }, final, now) {
      const failed = sql`case when ${entries.generation} is null then 'failed' else ${entries.state} end`;
      await db
        .update(entries)
        .set({ failureCode: code, failureMessage: message, updatedAt: new Date(now), ...(final && { state: failed }) })
        .where(unlessNewer(key, fence));
    },

    async markStale(key, generation, now) {
      await db
        .update(entries)
        .set({ state: "stale", updatedAt: new Date(now) })
        .where(and(isEntry(key), eq(entries.generation, generation), eq(entries.state, "ready")));
    },

    async refresh(key, fence, generation, freshUntil, now) {
      const fresh = freshUntil === null ? null : new Date(freshUntil);
      await db
        .update(entries)
        .set({ state: "ready", freshUntil: fresh, refreshWanted: false, updatedAt: new Date(now) })
        .where(
          and(unlessNewer(key, fence), eq(entries.generation, generation), inArray(entries.state, ["ready", "stale"])),
        );
    },

    async lose(key, generation, now) {
      const { code, message } = COPY_LOST;
      const lost = {
        state: "failed",
        ...NO_COPY,
        failureCode: code,
        failureMessage: message,
        refreshWanted: false,
      } as const;
      const isIt = and(isEntry(key), eq(entries.generation, generation));
      return (
        (
          await db
            .update(entries)
            .set({ ...lost, updatedAt: new Date(now) })
            .where(isIt)
        ).rowCount > 0
      );
    },

    async raiseFence(key, fence) {
      const raised = { fence: sql`greatest(${entries.fence}, ${fence})` };
      const [row] = await db.update(entries).set(raised).where(isEntry(key)).returning();
      return row ? ledgerEntry(row) : null;
    },

    async purge(key, fence, keepExpiry, now) {
      const old = before(key);
      const [row] = await db
        .update(entries)
        .set({
          state: "purged",
          fence: sql`greatest(${entries.fence}, ${fence})`,
          ...NO_COPY,
          ...NO_FAILURE,
          refreshWanted: false,
          ...(!keepExpiry && { expiresAt: null }),
          updatedAt: new Date(now),
        })
        .from(old)
        .where(isEntry(key))
        .returning({ state: old.state, generation: old.generation });
      return row && row.state !== "purged" ? { purged: orphan(key, row.generation) } : null;
    },
  };
}

function orphan(key: EntryKey, generation: string | null): Orphan | null {
  return generation === null ? null : { key, generation };
}
