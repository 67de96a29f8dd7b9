import { eq } from "drizzle-orm";
import type { AccessSettings, TenantSettings } from "../../ports/tenant-settings.ts";
import type { Database } from "./database.ts";
import { tenants } from "./schema.ts";

const COLUMNS = {
  access: tenants.access,
  delivery: tenants.delivery,
  clientNetworks: tenants.clientNetworks,
  managementNetworks: tenants.managementNetworks,
};

/** How a tenant's downloads and management calls are let in. */
export function accessSettings(db: Database): Pick<TenantSettings, "access" | "changeAccess"> {
  const access: TenantSettings["access"] = async (tenant) => {
    const [row] = await db.select(COLUMNS).from(tenants).where(eq(tenants.id, tenant));
    return row ?? null;
  };

  return {
    access,

    async changeAccess(tenant, changes) {
      const columns = columnsOf(changes);
      if (Object.keys(columns).length === 0) return await access(tenant);
      const [row] = await db.update(tenants).set(columns).where(eq(tenants.id, tenant)).returning(COLUMNS);
      return row ?? null;
    },
  };
}

/** These four and nothing else: a tenant's id and site are not its own to change. */
function columnsOf({ access, delivery, clientNetworks, managementNetworks }: Partial<AccessSettings>) {
  return {
    ...(access && { access }),
    ...(delivery && { delivery }),
    ...(clientNetworks && { clientNetworks: [...clientNetworks] }),
    ...(managementNetworks && { managementNetworks: [...managementNetworks] }),
  };
}
