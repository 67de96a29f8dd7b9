import { eq } from "drizzle-orm";
import type { TenantId, TenantName } from "../../core/tenant.ts";
import type { TenantSettings } from "../../ports/tenant-settings.ts";
import { accessSettings } from "./access-settings.ts";
import { cnameSettings } from "./cnames.ts";
import type { Database } from "./database.ts";
import { fillSettings } from "./fill-settings.ts";
import { linkKeySettings } from "./link-keys.ts";
import { originRuleSettings } from "./origin-rules.ts";
import { tenantHosts, tenants } from "./schema.ts";
import { servingSettings } from "./serving-settings.ts";
import { hostSettings } from "./tenant-hosts.ts";
import { verificationKeySettings } from "./verification-keys.ts";

/** Settings in Postgres: the truth. Every method is one request. Rejects when Postgres does and has no time budget. */
export function postgresTenantSettings(db: Database): TenantSettings {
  return {
    names: async (tenant) => await names(db, tenant),
    ...accessSettings(db),
    ...fillSettings(db),
    ...servingSettings(db),
    ...hostSettings(db),
    ...originRuleSettings(db),
    ...cnameSettings(db),
    ...linkKeySettings(db),
    ...verificationKeySettings(db),
  };
}

async function names(db: Database, tenant: TenantId): Promise<TenantName[]> {
  const rows = await db
    .select({ id: tenants.id, site: tenants.site, host: tenantHosts.host })
    .from(tenants)
    .leftJoin(tenantHosts, eq(tenantHosts.tenantId, tenants.id))
    .where(eq(tenants.id, tenant));
  const [first] = rows;
  if (!first) return [];
  return [
    { by: "id", value: first.id },
    { by: "site", value: first.site },
    ...rows.flatMap(({ host }) => (host === null ? [] : [{ by: "host", value: host } as const])),
  ];
}
