import { and, asc, eq } from "drizzle-orm";
import type { StoredCname, TenantSettings } from "../../ports/tenant-settings.ts";
import type { Database } from "./database.ts";
import { tenantCnames } from "./schema.ts";

/** The hosts that stand for a tenant's buckets. */
export function cnameSettings(db: Database): Pick<TenantSettings, "cnames" | "addCname" | "removeCname"> {
  return {
    async cnames(tenant) {
      const rows = await db
        .select()
        .from(tenantCnames)
        .where(eq(tenantCnames.tenantId, tenant))
        .orderBy(asc(tenantCnames.createdAt), asc(tenantCnames.host));
      return rows.map(storedCname);
    },

    async addCname(tenantId, { host, bucket }) {
      const [row] = await db.insert(tenantCnames).values({ tenantId, host, bucket }).onConflictDoNothing().returning();
      return row ? storedCname(row) : null;
    },

    async removeCname(tenant, host) {
      const isCname = and(eq(tenantCnames.tenantId, tenant), eq(tenantCnames.host, host));
      return (await db.delete(tenantCnames).where(isCname)).rowCount > 0;
    },
  };
}

function storedCname({ host, bucket, createdAt }: typeof tenantCnames.$inferSelect): StoredCname {
  return { host, bucket, createdAt: createdAt.getTime() };
}
