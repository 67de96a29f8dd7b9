import { SnapbyteError } from "../core/errors.ts";
import type { Tenant } from "../core/tenant.ts";
import type { TenantDirectory } from "../ports/directory.ts";
import type { Report } from "./in-background.ts";
import { reach } from "./reach.ts";

/** What a request says about its tenant, and where it comes from. */
export type TenantHint = {
  readonly host: string;
  readonly site: string | null;
  /** The client's IP address; `null`: not known. */
  readonly address: string | null;
};

/**
 * The tenant of a request: by host name, else by `site`, else the deployment's default. Throws 404 when a site is named
 * that nobody has, 503 when nobody could say: without an allow-list there is nowhere safe to redirect to.
 */
export async function findTenant(
  hint: Omit<TenantHint, "address">,
  defaultSite: string,
  directory: TenantDirectory,
  report: Report,
): Promise<Tenant> {
  const site = hint.site ?? defaultSite;
  const tenant =
    atHand(hint.host, site, directory) ?? (await reach("tenants", look(hint.host, site, directory), report));
  if (!tenant) throw new SnapbyteError("UNKNOWN_TENANT");
  return tenant;
}

/** The tenant, where the isolate remembers all that is needed to say so. */
function atHand(host: string, site: string, directory: TenantDirectory): Tenant | null {
  const byHost = directory.atHand?.({ by: "host", value: host });
  if (byHost !== null) return byHost ?? null;
  return directory.atHand?.({ by: "site", value: site }) ?? null;
}

/** Side by side, since a new isolate in an outage waits for each. What is not needed may fail. */
async function look(host: string, site: string, directory: TenantDirectory): Promise<Tenant | null> {
  const bySite = directory.find({ by: "site", value: site });
  bySite.catch(() => {});
  return (await directory.find({ by: "host", value: host })) ?? (await bySite);
}
