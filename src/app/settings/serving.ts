import { SnapbyteError } from "../../core/errors.ts";
import type { ServingSettings, TenantId } from "../../core/tenant.ts";
import { ask, change, type SettingsParts } from "./change.ts";
import { checkCors } from "./serving-cors.ts";

/** How the tenant's copies are handed to browsers. */
export async function describeServing(tenant: TenantId, parts: SettingsParts): Promise<ServingSettings> {
  return known(await ask(parts.settings.serving(tenant), parts));
}

/**
 * Changes what is named and leaves the rest; CORS as a whole. Throws 400 for what is no origin or no field's name, 409
 * when active content is to be shown and the tenant has no host of its own to show it on: on a host that is shared it
 * could read what is others'.
 */
export async function changeServing(
  tenant: TenantId,
  changes: Partial<ServingSettings>,
  parts: SettingsParts,
): Promise<ServingSettings> {
  const { cors } = changes;
  const checked = { ...changes, ...(cors && { cors: checkCors(cors) }) };
  if (changes.showActive) {
    const hosts = await ask(parts.settings.hosts(tenant), parts);
    if (!hosts.some(({ state }) => state === "active")) throw new SnapbyteError("NO_OWN_HOST");
  }
  return known(await change(tenant, parts.settings.changeServing(tenant, checked), parts));
}

/** Deleted between the look-up of the caller and now. */
function known(settings: ServingSettings | null): ServingSettings {
  if (!settings) throw new SnapbyteError("UNKNOWN_TENANT");
  return settings;
}
