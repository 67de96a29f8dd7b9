import type { DeploymentHosts } from "../core/hosts/deployment-hosts.ts";
import type { Tenant } from "../core/tenant.ts";

/**
 * Where a tenant's files are downloaded, as somebody is told who asked the API: on a host of the tenant's own, else on the
 * deployment's, else where the API was asked. Local development knows no other host than that.
 */
export function deliveryOrigin(
  { url }: Pick<Request, "url">,
  { hosts }: Pick<Tenant, "hosts">,
  { deploymentHosts: { delivery }, local }: { readonly deploymentHosts: DeploymentHosts; readonly local: boolean },
): string {
  const { origin, protocol, hostname } = new URL(url);
  if (local) return origin;
  const [own] = hosts;
  if (own !== undefined) return `https://${own}`;
  const [shared = hostname] = delivery ?? [];
  return shared === hostname || delivery?.has(hostname) ? origin : `${protocol}//${shared}`;
}
