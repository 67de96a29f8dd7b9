import { eq } from "drizzle-orm";
import type { ServingSettings } from "../../core/tenant.ts";
import type { TenantSettings } from "../../ports/tenant-settings.ts";
import type { Database } from "./database.ts";
import { tenants } from "./schema.ts";

const COLUMNS = {
  cors: tenants.cors,
  resourcePolicy: tenants.resourcePolicy,
  showActive: tenants.showActive,
};

/** How a tenant's copies are handed to browsers. */
export function servingSettings(db: Database): Pick<TenantSettings, "serving" | "changeServing"> {
  const serving: TenantSettings["serving"] = async (tenant) => {
    const [row] = await db.select(COLUMNS).from(tenants).where(eq(tenants.id, tenant));
    return row ?? null;
  };

  return {
    serving,

    async changeServing(tenant, changes) {
      const columns = columnsOf(changes);
      if (Object.keys(columns).length === 0) return await serving(tenant);
      const [row] = await db.update(tenants).set(columns).where(eq(tenants.id, tenant)).returning(COLUMNS);
      return row ?? null;
    },
  };
}

/** These and nothing else: the row holds more of a tenant than this. */
function columnsOf({ cors, resourcePolicy, showActive }: Partial<ServingSettings>) {
  return {
    ...(cors !== undefined && { cors }),
    ...(resourcePolicy !== undefined && { resourcePolicy }),
    ...(showActive !== undefined && { showActive }),
  };
}
