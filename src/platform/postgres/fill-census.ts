import { and, asc, eq, lt, sql } from "drizzle-orm";
import { entryKeyOf } from "../../core/entry-key.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { FillCensus } from "../../ports/fill-census.ts";
import type { Database } from "./database.ts";
import { entries } from "./schema.ts";

/** A literal, since the index is used only where Postgres can see that it holds what is asked for. */
const FILLING = sql`'filling'`;

/** Counts in the ledger, by the index of what is not finished. Has no time budget. */
export function postgresFillCensus(db: Database): FillCensus {
  return {
    async count({ failedSince, most }) {
      const { rows } = await db.execute<{ filling: string; failed: string }>(sql`
        select
          (select count(*) from (
            select from entries where state = 'filling' limit ${most}::int
          ) as counted) as filling,
          (select count(*) from (
            select from entries
            where state = 'failed' and updated_at >= ${new Date(failedSince).toISOString()}::timestamptz
            limit ${most}::int
          ) as counted) as failed
      `);
      return { filling: Number(rows[0]?.filling ?? 0), failed: Number(rows[0]?.failed ?? 0) };
    },

    async silent(since, limit) {
      const { tenantId, id, publicKey, updatedAt, state } = entries;
      const rows = await db
        .select({ tenantId, id, publicKey, updatedAt })
        .from(entries)
        .where(and(eq(state, FILLING), lt(updatedAt, new Date(since))))
        .orderBy(asc(updatedAt))
        .limit(limit);
      return rows.map((row) => ({
        key: entryKeyOf(row.tenantId as TenantId, row.id),
        publicKey: row.publicKey,
        since: row.updatedAt.getTime(),
      }));
    },
  };
}
