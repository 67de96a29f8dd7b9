import { and, asc, eq, sql } from "drizzle-orm";
import type { TenantId } from "../../core/tenant.ts";
import type { HostChanges, StoredHost, TenantSettings } from "../../ports/tenant-settings.ts";
import type { Database } from "./database.ts";
import { nextMoment, takeTurn } from "./in-turn.ts";
import { tenantHosts } from "./schema.ts";

/** The host names of a tenant's own. */
export function hostSettings(db: Database): Pick<TenantSettings, "hosts" | "addHost" | "changeHost" | "removeHost"> {
  const isHost = (tenant: TenantId, host: string) => and(eq(tenantHosts.tenantId, tenant), eq(tenantHosts.host, host));

  return {
    async hosts(tenant) {
      const rows = await db
        .select()
        .from(tenantHosts)
        .where(eq(tenantHosts.tenantId, tenant))
        .orderBy(asc(tenantHosts.createdAt), asc(tenantHosts.host));
      return rows.map(storedHost);
    },

    async addHost(tenant, { host, state, customHostnameId }, limit) {
      const added = sql`
        select ${host}, ${tenant}, ${state}, ${customHostnameId}, ${nextMoment(tenantHosts, tenant)}
        where (select count(*) from tenant_hosts where tenant_id = ${tenant}) < ${limit}
      `;
      const [, [row]] = await db.batch([
        takeTurn(db, tenant),
        db.insert(tenantHosts).select(added).onConflictDoNothing().returning(),
      ]);
      return row ? storedHost(row) : null;
    },

    async changeHost(tenant, host, changes) {
      const columns = columnsOf(changes);
      const [row] =
        Object.keys(columns).length === 0
          ? await db.select().from(tenantHosts).where(isHost(tenant, host))
          : await db.update(tenantHosts).set(columns).where(isHost(tenant, host)).returning();
      return row ? storedHost(row) : null;
    },

    async removeHost(tenant, host) {
      return (await db.delete(tenantHosts).where(isHost(tenant, host))).rowCount > 0;
    },
  };
}

/** These two and nothing else: a host's name and whose it is do not change. */
function columnsOf({ state, customHostnameId }: HostChanges) {
  return { ...(state !== undefined && { state }), ...(customHostnameId !== undefined && { customHostnameId }) };
}

function storedHost({ tenantId: _, createdAt, ...host }: typeof tenantHosts.$inferSelect): StoredHost {
  return { ...host, createdAt: createdAt.getTime() };
}
