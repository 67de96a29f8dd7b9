import { asc, eq } from "drizzle-orm";
import type { OriginRule, Tenant, TenantId } from "../../core/tenant.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import type { Database } from "./database.ts";
import { originRules, tenantHosts, tenants } from "./schema.ts";

/** The truth about tenants. One statement for each look-up; rules in the order in which they were added. */
export function postgresTenants(db: Database): TenantDirectory {
  return {
    async find({ by, value }) {
      const query = db
        .select({ tenant: tenants, rule: originRules })
        .from(tenants)
        .leftJoin(originRules, eq(originRules.tenantId, tenants.id))
        .orderBy(asc(originRules.id))
        .$dynamic();
      const rows = await (by === "host"
        ? query.innerJoin(tenantHosts, eq(tenantHosts.tenantId, tenants.id)).where(eq(tenantHosts.host, value))
        : query.where(eq(tenants[by], value)));
      const [first] = rows;
      return first
        ? tenantOf(
            first.tenant,
            rows.map(({ rule }) => rule).filter((rule) => rule !== null),
          )
        : null;
    },
  };
}

function tenantOf(row: typeof tenants.$inferSelect, rules: readonly OriginRule[]): Tenant {
  return {
    id: row.id as TenantId,
    site: row.site,
    access: row.access,
    delivery: row.delivery,
    originRules: rules.map(({ scheme, host, port, pathPrefix, access }) => ({
      scheme,
      host,
      port,
      pathPrefix,
      access,
    })),
  };
}
