import { SnapbyteError } from "../../core/errors.ts";
import type { FillSettings, TenantId } from "../../core/tenant.ts";
import { ask, change, type SettingsParts } from "./change.ts";

/** How the tenant wants copies to be made. */
export async function describeFills(tenant: TenantId, parts: SettingsParts): Promise<FillSettings> {
  return known(await ask(parts.settings.fillSettings(tenant), parts));
}

/** The names of the stores that this deployment has beside its own. */
export type StoresParts = { readonly stores: ReadonlySet<string> };

/**
 * Changes what is named and leaves the rest. Copies that are there stay, and stay where they are, whatever is said of new
 * ones. Throws 400 for a store that this deployment has not.
 */
export async function changeFills(
  tenant: TenantId,
  changes: Partial<FillSettings>,
  parts: SettingsParts & StoresParts,
): Promise<FillSettings> {
  for (const store of [changes.store, changes.largeStore?.store]) {
    if (typeof store === "string" && !parts.stores.has(store)) throw new SnapbyteError("STORE_UNKNOWN");
  }
  return known(await change(tenant, parts.settings.changeFillSettings(tenant, changes), parts));
}

/** Deleted between the look-up of the caller and now. */
function known(settings: FillSettings | null): FillSettings {
  if (!settings) throw new SnapbyteError("UNKNOWN_TENANT");
  return settings;
}
