import { and, asc, eq, isNotNull, lte, ne, sql } from "drizzle-orm";
import { entryKeyOf } from "../../core/entry-key.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { EntryLedger } from "../../ports/entry-ledger.ts";
import type { Database } from "./database.ts";
import { afterCursor, entryCursor } from "./entry-cursor.ts";
import { ledgerEntry } from "./entry-row.ts";
import { entries } from "./schema.ts";

/** With its nulls, though there are none, where the index has them: else Postgres would sort instead of reading it. */
const LAST_CHANGED_FIRST = sql`${entries.updatedAt} desc nulls last`;
/** A literal, since the index on expiry is used only where Postgres can see that it holds what is asked for. */
const PURGED = sql`'purged'`;

/** What of the ledger changes nothing and finds entries otherwise than by their keys. */
export function entryReads(db: Database): Pick<EntryLedger, "list" | "expired"> {
  return {
    async list(tenant, { state, cursor, limit }) {
      const rows = await db
        .select()
        .from(entries)
        .where(
          and(
            eq(entries.tenantId, tenant),
            state === null ? undefined : eq(entries.state, state),
            cursor === null ? undefined : afterCursor(cursor),
          ),
        )
        .orderBy(LAST_CHANGED_FIRST, asc(entries.id))
        .limit(limit + 1);
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return { entries: page.map(ledgerEntry), cursor: last && rows.length > limit ? entryCursor(last) : null };
    },

    async expired(now, limit) {
      const rows = await db
        .select({ tenant: entries.tenantId, id: entries.id })
        .from(entries)
        .where(and(isNotNull(entries.expiresAt), lte(entries.expiresAt, new Date(now)), ne(entries.state, PURGED)))
        .orderBy(asc(entries.expiresAt))
        .limit(limit);
      return rows.map(({ tenant, id }) => entryKeyOf(tenant as TenantId, id));
    },
  };
}
