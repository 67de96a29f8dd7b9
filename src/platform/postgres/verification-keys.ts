import { and, asc, eq, lte, sql } from "drizzle-orm";
import type { StoredVerificationKey, TenantSettings } from "../../ports/tenant-settings.ts";
import type { Database } from "./database.ts";
import { nextMoment, takeTurn } from "./in-turn.ts";
import { verificationKeys } from "./schema.ts";

type VerificationKeySettings = Pick<
  TenantSettings,
  "verificationKeys" | "putVerificationKey" | "removeVerificationKey" | "dropExpiredVerificationKeys"
>;

/** What providers' signatures are checked with. */
export function verificationKeySettings(db: Database): VerificationKeySettings {
  return {
    async verificationKeys(tenant) {
      const rows = await db
        .select()
        .from(verificationKeys)
        .where(eq(verificationKeys.tenantId, tenant))
        .orderBy(asc(verificationKeys.createdAt), asc(verificationKeys.id));
      return rows.map(storedKey);
    },

    async putVerificationKey(tenant, { id, kind, name, sealed, expiresAt }, limit) {
      const ends = expiresAt === null ? null : new Date(expiresAt).toISOString();
      const put = sql`
        select ${id}, ${tenant}, ${kind}, ${name}, ${sealed}, ${nextMoment(verificationKeys, tenant)},
          ${ends}::timestamptz
        where (
          select count(*) from verification_keys
          where tenant_id = ${tenant}
            and (kind, name) <> (${kind}, ${name})
            and (expires_at is null or expires_at > now())
        ) < ${limit}
      `;
      const [, [row]] = await db.batch([
        takeTurn(db, tenant),
        db
          .insert(verificationKeys)
          .select(put)
          .onConflictDoUpdate({
            target: [verificationKeys.tenantId, verificationKeys.kind, verificationKeys.name],
            set: REPLACED,
          })
          .returning(),
      ]);
      return row ? storedKey(row) : null;
    },

    async removeVerificationKey(tenant, id) {
      const isKey = and(eq(verificationKeys.tenantId, tenant), eq(verificationKeys.id, id));
      return (await db.delete(verificationKeys).where(isKey)).rowCount > 0;
    },

    async dropExpiredVerificationKeys(now) {
      await db.delete(verificationKeys).where(lte(verificationKeys.expiresAt, new Date(now)));
    },
  };
}

/** All but what the two keys have in common. */
const REPLACED = {
  id: sql`excluded.id`,
  sealed: sql`excluded.sealed`,
  createdAt: sql`excluded.created_at`,
  expiresAt: sql`excluded.expires_at`,
};

function storedKey({ tenantId: _, ...row }: typeof verificationKeys.$inferSelect): StoredVerificationKey {
  return { ...row, createdAt: row.createdAt.getTime(), expiresAt: row.expiresAt?.getTime() ?? null };
}
