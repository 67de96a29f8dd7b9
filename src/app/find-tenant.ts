import { SnapbyteError } from "../core/errors.ts";
import type { Tenant, TenantName } from "../core/tenant.ts";
import type { TenantDirectory } from "../ports/directory.ts";
import type { Report } from "./in-background.ts";
import { reach } from "./reach.ts";

/** What a request says about its tenant. */
export type TenantHint = { readonly host: string; readonly site: string | null };

/**
 * The tenant of a request: by host name, else by `site`, else the deployment's default. Throws 404 when a site is named
 * that nobody has, 503 when nobody could say: without an allow-list there is nowhere safe to redirect to.
 */
export async function findTenant(
  hint: TenantHint,
  defaultSite: string,
  directory: TenantDirectory,
  report: Report,
): Promise<Tenant> {
  const find = (name: TenantName) => reach("tenants", directory.find(name), report);
  const tenant =
    (await find({ by: "host", value: hint.host })) ?? (await find({ by: "site", value: hint.site ?? defaultSite }));
  if (!tenant) throw new SnapbyteError("UNKNOWN_TENANT");
  return tenant;
}
