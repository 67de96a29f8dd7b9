import { and, asc, isNotNull, lte, ne, sql } from "drizzle-orm";
import { entryKeyOf } from "../../core/entry-key.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { EntryLedger } from "../../ports/entry-ledger.ts";
import type { Database } from "./database.ts";
import { entries } from "./schema.ts";

/** A literal, since the index on expiry is used only where Postgres can see that it holds what is asked for. */
const PURGED = sql`'purged'`;

/** Entries whose wish to be gone has come due. */
export function expiredEntries(db: Database): EntryLedger["expired"] {
  return async (now, limit) => {
    const rows = await db
      .select({ tenant: entries.tenantId, id: entries.id })
      .from(entries)
      .where(and(isNotNull(entries.expiresAt), lte(entries.expiresAt, new Date(now)), ne(entries.state, PURGED)))
      .orderBy(asc(entries.expiresAt))
      .limit(limit);
    return rows.map(({ tenant, id }) => entryKeyOf(tenant as TenantId, id));
  };
}
