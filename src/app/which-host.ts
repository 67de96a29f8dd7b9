import { SnapbyteError } from "../core/errors.ts";
import { type DeploymentHosts, isOwnHost } from "../core/hosts/deployment-hosts.ts";
import { type Door, doorState } from "../core/hosts/door.ts";
import type { Tenant } from "../core/tenant.ts";
import type { TenantDirectory } from "../ports/directory.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { Report } from "./in-background.ts";
import { reach } from "./reach.ts";

/** How long it may take to learn whose a host is, in ms, where it may be anybody's: as long as the directory has. */
const HOST_BUDGET_MS = 90;

export type WhichHostParts = {
  readonly deploymentHosts: DeploymentHosts;
  readonly directory: Pick<TenantDirectory, "find">;
  readonly report: Report;
};

/** The directory, which is never asked about the deployment's own hosts: whatever is down, they are nobody's. */
export function exceptOwnHosts(directory: TenantDirectory, hosts: DeploymentHosts): TenantDirectory {
  return {
    atHand: (name) => (name.by === "host" && isOwnHost(name.value, hosts) ? null : directory.atHand?.(name)),
    async find(name) {
      return name.by === "host" && isOwnHost(name.value, hosts) ? null : await directory.find(name);
    },
    forget: (names) => directory.forget(names),
  };
}

/**
 * The tenant whose own host this is; `null`: nobody's. Where the deployment names its delivery hosts, throws 503 when
 * nobody could say; where it does not, a host is nobody's until somebody says so in time.
 */
export async function hostTenant(host: string, parts: WhichHostParts): Promise<Tenant | null> {
  const { deploymentHosts, directory, report } = parts;
  if (isOwnHost(host, deploymentHosts)) return null;
  const found = directory.find({ by: "host", value: host });
  if (deploymentHosts.delivery) return await reach("tenants", found, report);
  try {
    return await withinBudget("the tenant directory", HOST_BUDGET_MS, found);
  } catch (error) {
    report("host tenant", error);
    return null;
  }
}

/**
 * Throws 404 where a host does not have this door; 503 when that depends on whose the host is, and nobody could say.
 * `null`: nobody need be asked, and it has it.
 */
export function admitHost(door: Door, host: string, parts: WhichHostParts): Promise<void> | null {
  const state = doorState(door, host, parts.deploymentHosts);
  if (state === "open") return null;
  if (state === "closed") throw new SnapbyteError("NOT_FOUND");
  if (state === "unknown") throw new SnapbyteError("UNKNOWN_HOST");
  return expectOwner(state, host, parts);
}

async function expectOwner(state: "tenants" | "nobodys", host: string, parts: WhichHostParts): Promise<void> {
  const owner = await reach("tenants", parts.directory.find({ by: "host", value: host }), parts.report);
  if ((owner === null) !== (state === "nobodys")) throw new SnapbyteError("UNKNOWN_HOST");
}
