import { and, asc, eq, gt, isNull, or, type SQL, sql } from "drizzle-orm";
import { readScopes } from "../../core/people/scopes.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { KeySettings, NewApiKey, StoredApiKey } from "../../ports/key-settings.ts";
import type { Database } from "./database.ts";
import { nextMoment, takeTurn } from "./in-turn.ts";
import { apiKeys } from "./schema.ts";

/** API keys in Postgres, by tenant. Of a key only its hash and its beginning are kept. Has no time budget. */
export function postgresKeySettings(db: Database): KeySettings {
  const isLive = (tenant: TenantId, now: number) =>
    and(
      eq(apiKeys.tenantId, tenant),
      isNull(apiKeys.revokedAt),
      or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, new Date(now))),
    );

  return {
    async list(tenant, now) {
      const rows = await db
        .select()
        .from(apiKeys)
        .where(isLive(tenant, now))
        .orderBy(asc(apiKeys.createdAt), asc(apiKeys.id));
      return rows.map(storedKey);
    },

    async find(tenant, id, now) {
      const [row] = await db
        .select()
        .from(apiKeys)
        .where(and(isLive(tenant, now), eq(apiKeys.id, id)));
      return row ? storedKey(row) : null;
    },

    async add(tenant, key, limit, now) {
      const count = sql`(select count(*) from api_keys where ${isLive(tenant, now)})`;
      const [, [row]] = await db.batch([
        takeTurn(db, tenant),
        db
          .insert(apiKeys)
          .select(rowOf(tenant, key, limit === null ? sql`true` : sql`${count} < ${limit}`))
          .returning(),
      ]);
      return row ? storedKey(row) : null;
    },

    async rotate(tenant, old, key, { oldEndsAt, now }) {
      const isOld = and(isLive(tenant, now), eq(apiKeys.id, old));
      const [, [row]] = await db.batch([
        takeTurn(db, tenant),
        db
          .insert(apiKeys)
          .select(rowOf(tenant, key, sql`exists (select from api_keys where ${isOld})`))
          .returning(),
        db
          .update(apiKeys)
          .set({ expiresAt: sql`least(${apiKeys.expiresAt}, ${new Date(oldEndsAt)})` })
          .where(isOld),
      ]);
      return row ? storedKey(row) : null;
    },

    async revoke(tenant, id, now) {
      const [row] = await db
        .update(apiKeys)
        .set({ revokedAt: new Date(now) })
        .where(and(isLive(tenant, now), eq(apiKeys.id, id)))
        .returning({ hash: apiKeys.hash });
      return row?.hash ?? null;
    },
  };
}

/** The row of a new key where `condition` holds, in the order of the table's columns. */
function rowOf(tenant: TenantId, { hash, id, name, prefix, scopes, expiresAt }: NewApiKey, condition: SQL): SQL {
  const ends = expiresAt === null ? null : new Date(expiresAt).toISOString();
  return sql`
    select ${hash}, ${id}, ${tenant}, ${name}, ${prefix}, ${sql.param([...scopes], apiKeys.scopes)}::text[],
      ${nextMoment(apiKeys, tenant)}, null::timestamptz, ${ends}::timestamptz, null::timestamptz
    where ${condition}
  `;
}

function storedKey(row: typeof apiKeys.$inferSelect): StoredApiKey {
  const { id, name, prefix, scopes, createdAt, lastUsedAt, expiresAt } = row;
  return {
    ...{ id, name, prefix, scopes: readScopes(scopes) },
    createdAt: createdAt.getTime(),
    lastUsedAt: lastUsedAt?.getTime() ?? null,
    expiresAt: expiresAt?.getTime() ?? null,
  };
}
