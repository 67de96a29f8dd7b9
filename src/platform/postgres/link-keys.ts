import { and, asc, eq, sql } from "drizzle-orm";
import type { StoredLinkKey, TenantSettings } from "../../ports/tenant-settings.ts";
import type { Database } from "./database.ts";
import { nextMoment, takeTurn } from "./in-turn.ts";
import { linkKeys } from "./schema.ts";

/** What signs a tenant's links. */
export function linkKeySettings(db: Database): Pick<TenantSettings, "linkKeys" | "addLinkKey" | "removeLinkKey"> {
  return {
    async linkKeys(tenant) {
      const rows = await db
        .select()
        .from(linkKeys)
        .where(eq(linkKeys.tenantId, tenant))
        .orderBy(asc(linkKeys.createdAt), asc(linkKeys.kid));
      return rows.map(storedKey);
    },

    async addLinkKey(tenant, { kid, sealed }, limit) {
      const added = sql`
        select ${tenant}, ${kid}, ${sealed}, ${nextMoment(linkKeys, tenant)}
        where (select count(*) from link_keys where tenant_id = ${tenant}) < ${limit}
      `;
      const [, [row]] = await db.batch([
        takeTurn(db, tenant),
        db.insert(linkKeys).select(added).onConflictDoNothing().returning(),
      ]);
      return row ? storedKey(row) : null;
    },

    async removeLinkKey(tenant, kid) {
      const isKey = and(eq(linkKeys.tenantId, tenant), eq(linkKeys.kid, kid));
      return (await db.delete(linkKeys).where(isKey)).rowCount > 0;
    },
  };
}

function storedKey({ kid, sealed, createdAt }: typeof linkKeys.$inferSelect): StoredLinkKey {
  return { kid, sealed, createdAt: createdAt.getTime() };
}
