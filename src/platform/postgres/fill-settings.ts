import { eq } from "drizzle-orm";
import type { FillSettings } from "../../core/tenant.ts";
import type { TenantSettings } from "../../ports/tenant-settings.ts";
import type { Database } from "./database.ts";
import { tenants } from "./schema.ts";

const COLUMNS = {
  mode: tenants.fillMode,
  storeHtml: tenants.storeHtml,
  maxObjectBytes: tenants.maxObjectBytes,
  store: tenants.store,
  largeStore: tenants.largeStore,
  largeFromBytes: tenants.largeFromBytes,
};

/** How a tenant wants copies to be made. */
export function fillSettings(db: Database): Pick<TenantSettings, "fillSettings" | "changeFillSettings"> {
  const settings: TenantSettings["fillSettings"] = async (tenant) => {
    const [row] = await db.select(COLUMNS).from(tenants).where(eq(tenants.id, tenant));
    return row ? settingsOf(row) : null;
  };

  return {
    fillSettings: settings,

    async changeFillSettings(tenant, changes) {
      const columns = columnsOf(changes);
      if (Object.keys(columns).length === 0) return await settings(tenant);
      const [row] = await db.update(tenants).set(columns).where(eq(tenants.id, tenant)).returning(COLUMNS);
      return row ? settingsOf(row) : null;
    },
  };
}

type Row = Omit<FillSettings, "largeStore"> & {
  readonly largeStore: string | null;
  readonly largeFromBytes: number | null;
};

function settingsOf({ largeStore: store, largeFromBytes: fromBytes, ...row }: Row): FillSettings {
  return { ...row, largeStore: store !== null && fromBytes !== null ? { store, fromBytes } : null };
}

/** These and nothing else: the row holds more of a tenant than this. */
function columnsOf({ mode, storeHtml, maxObjectBytes, store, largeStore }: Partial<FillSettings>) {
  return {
    ...(mode !== undefined && { fillMode: mode }),
    ...(storeHtml !== undefined && { storeHtml }),
    ...(maxObjectBytes !== undefined && { maxObjectBytes }),
    ...(store !== undefined && { store }),
    ...(largeStore !== undefined && {
      largeStore: largeStore?.store ?? null,
      largeFromBytes: largeStore?.fromBytes ?? null,
    }),
  };
}
