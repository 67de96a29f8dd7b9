import { and, desc, eq, getTableColumns, isNull, lt, sql } from "drizzle-orm";
import type { DeadLetter, SealedLetter } from "../../core/dead-letters/dead-letter.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { DeadLetters } from "../../ports/dead-letters.ts";
import type { Database } from "./database.ts";
import { deadLetters } from "./schema-dead-letters.ts";

/** Letters that one run forgets at most: a statement has ten seconds. */
const DROPPED_AT_ONCE = 10_000;

/** What a list tells of a letter. */
const { sealed: _, ...TOLD } = getTableColumns(deadLetters);

/** Letters in Postgres. Every method is one statement that may be repeated. Has no time budget. */
export function postgresDeadLetters(db: Database): DeadLetters {
  return {
    async add({ id, kind, tenant, key, batch, attempts, failure, urlEndsAt, sealed, at }) {
      const endsAt = urlEndsAt === null ? null : new Date(urlEndsAt).toISOString();
      await db.execute(sql`
        insert into dead_letters (
          id, kind, tenant_id, key, batch_id, attempts, failure_code, failure_message, url_ends_at, sealed, at
        )
        select ${id}::text, ${kind}::text, ${tenant}::text, ${key}::text, ${batch}::text, ${attempts}::int,
          ${failure.code}::text, ${failure.message}::text, ${endsAt}::timestamptz, ${sealed}::text,
          ${new Date(at).toISOString()}::timestamptz
        where ${tenant}::text is null or exists (select from tenants where tenants.id = ${tenant}::text)
        on conflict (id) do nothing
      `);
    },

    async find(id) {
      const [row] = await db.select().from(deadLetters).where(eq(deadLetters.id, id));
      return row ? ({ ...letterOf(row), sealed: row.sealed } satisfies SealedLetter) : null;
    },

    async list({ cursor, limit }) {
      const rows = await db
        .select(TOLD)
        .from(deadLetters)
        .where(cursor === null ? undefined : lt(deadLetters.position, cursor))
        .orderBy(desc(deadLetters.position))
        .limit(limit + 1);
      const page = rows.slice(0, limit);
      return { letters: page.map(letterOf), cursor: rows.length > limit ? (page.at(-1)?.position ?? null) : null };
    },

    async replayed(id, now) {
      const { rowCount } = await db
        .update(deadLetters)
        .set({ replayedAt: new Date(now) })
        .where(and(eq(deadLetters.id, id), isNull(deadLetters.replayedAt)));
      return rowCount > 0;
    },

    async waiting(most) {
      const { rows } = await db.execute<{ waiting: string }>(sql`
        select count(*) as waiting
        from (select from dead_letters where replayed_at is null limit ${most}::int) as counted
      `);
      return Number(rows[0]?.waiting ?? 0);
    },

    async dropOld(before) {
      const { rowCount } = await db.execute(sql`
        delete from dead_letters where id in (
          select id from dead_letters where at < ${new Date(before).toISOString()}::timestamptz
          order by at limit ${DROPPED_AT_ONCE}::int
        )
      `);
      return rowCount;
    },
  };
}

function letterOf(row: Omit<typeof deadLetters.$inferSelect, "sealed">): DeadLetter {
  const { id, kind, tenantId, key, batchId: batch, attempts, failureCode: code, failureMessage: message } = row;
  return {
    ...{ id, kind, tenant: tenantId as TenantId | null, key, batch, attempts, failure: { code, message } },
    urlEndsAt: row.urlEndsAt?.getTime() ?? null,
    at: row.at.getTime(),
    replayedAt: row.replayedAt?.getTime() ?? null,
  };
}
