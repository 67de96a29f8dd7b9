import type { AuditBy } from "../../core/audit.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { DeploymentHosts } from "../../core/hosts/deployment-hosts.ts";
import { problemOfHost } from "../../core/hosts/host-name.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { CustomHostnames } from "../../ports/custom-hostnames.ts";
import type { StoredHost } from "../../ports/tenant-settings.ts";
import { type AuditParts, recordAudit } from "../audit.ts";
import { reach } from "../reach.ts";
import { ask, change, possibleName, type SettingsParts } from "./change.ts";
import { atNetwork, type HostStanding, standingAlone } from "./hosts-network.ts";

/** Host names of one tenant: all of them come along with each look-up of it. */
export const MAX_HOSTS = 100;

export type HostParts = SettingsParts &
  AuditParts & {
    /** The network that answers for tenants' hosts; `null`: this deployment has none to ask. */
    readonly hostnames: CustomHostnames | null;
    readonly deploymentHosts: DeploymentHosts;
    /** Local development, where names may be private, and anybody may add one. */
    readonly local: boolean;
  };

/** A host that a tenant wants; `calledOn` is the host to which the wish came. */
export type HostWish = { readonly host: string; readonly calledOn: string; readonly by: AuditBy };

/** The tenant's host names, the oldest first, as they were left; the network is not asked. */
export async function listHosts(tenant: TenantId, parts: HostParts): Promise<readonly StoredHost[]> {
  return await ask(parts.settings.hosts(tenant), parts);
}

/**
 * Adds a host name. Where a network answers for it, it is pending, and what its owner has to publish comes with it;
 * elsewhere an operator answers for it, and it is active at once. Throws 400 for what is no host name of a tenant's, 409
 * when somebody has it, when there is no room, or when only an operator can add one; 503 when the network cannot be
 * reached: then it was not added.
 */
export async function addHost(tenant: TenantId, wish: HostWish, parts: HostParts): Promise<HostStanding> {
  const { host, calledOn, by } = wish;
  const { settings, hostnames, deploymentHosts, local } = parts;
  const problem =
    problemOfHost(host, deploymentHosts, local) ?? (host === calledOn ? "is where this call came to" : null);
  if (problem !== null) throw new SnapbyteError("INVALID_FIELD", `host ${problem}.`);
  if (!hostnames && !local && by.actor !== "operator") {
    throw new SnapbyteError("OPERATOR_NEEDED", "In this deployment only its operator can add a host name.");
  }
  const { length } = await listHosts(tenant, parts);
  if (length >= MAX_HOSTS) throw new SnapbyteError("LIMIT_REACHED");
  const state = hostnames ? "pending" : "active";
  const adding = settings.addHost(tenant, { host, state, customHostnameId: null }, MAX_HOSTS);
  const added = await changeHost(tenant, host, adding, parts);
  if (!added) throw new SnapbyteError("ALREADY_EXISTS", "This host name is taken.");
  await recordAudit(tenant, by, "hosts.add", { host }, parts);
  if (!hostnames) return standingAlone(added);
  try {
    const standing = await reach("custom hostnames", atNetwork(added, hostnames), parts.report);
    if (!standing.refused) return await writeDown(tenant, added, standing, parts);
  } catch (error) {
    await takeBack(tenant, wish, parts);
    throw error;
  }
  await takeBack(tenant, wish, parts);
  throw new SnapbyteError("INVALID_FIELD", "host is refused by the network: no certificate can be made for it.");
}

/**
 * A host name as it stands now at the network, which is written down: an active one answers from here on. Throws 404
 * when the tenant has none of this name, 503 when the network cannot be reached.
 */
export async function describeHost(tenant: TenantId, host: string, parts: HostParts): Promise<HostStanding> {
  const kept = await keptHost(tenant, host, parts);
  const { hostnames } = parts;
  // One that an operator answers for.
  if (!hostnames || (kept.customHostnameId === null && kept.state === "active")) return standingAlone(kept);
  return await writeDown(
    tenant,
    kept,
    await reach("custom hostnames", atNetwork(kept, hostnames), parts.report),
    parts,
  );
}

/**
 * From here on the host is nobody's. The network lets go of it first, so that a call that failed can be repeated. Returns
 * the host; throws 404 when the tenant has none of this name, 503 when the network cannot be reached.
 */
export async function removeHost(tenant: TenantId, host: string, by: AuditBy, parts: HostParts): Promise<string> {
  const { customHostnameId: id, host: name } = await keptHost(tenant, host, parts);
  if (id !== null && parts.hostnames) await reach("custom hostnames", parts.hostnames.delete(id), parts.report);
  if (!(await changeHost(tenant, name, parts.settings.removeHost(tenant, name), parts))) {
    throw new SnapbyteError("NOT_FOUND");
  }
  await recordAudit(tenant, by, "hosts.remove", { host: name }, parts);
  return name;
}

async function keptHost(tenant: TenantId, host: string, parts: HostParts): Promise<StoredHost> {
  const name = possibleName(host.toLowerCase());
  const kept = (await listHosts(tenant, parts)).find((each) => each.host === name);
  if (!kept) throw new SnapbyteError("NOT_FOUND");
  return kept;
}

/** What the network said, once it is written down. Throws 404 when the host was removed meanwhile. */
async function writeDown(
  tenant: TenantId,
  kept: StoredHost,
  standing: HostStanding,
  parts: HostParts,
): Promise<HostStanding> {
  const { host, state, customHostnameId } = standing.host;
  if (state === kept.state && customHostnameId === kept.customHostnameId) return standing;
  const changing = parts.settings.changeHost(tenant, host, { state, customHostnameId });
  const changed = await changeHost(tenant, host, changing, parts);
  if (!changed) throw new SnapbyteError("NOT_FOUND");
  return { ...standing, host: changed };
}

/** When this fails, too, the host stays pending: it can be looked at, and removed. */
async function takeBack(tenant: TenantId, { host, by }: HostWish, parts: HostParts): Promise<void> {
  const removed = await changeHost(tenant, host, parts.settings.removeHost(tenant, host), parts).catch(() => false);
  if (removed) await recordAudit(tenant, by, "hosts.remove", { host }, parts);
}

/** A change has the host forgotten, too: whose it was when it is no name of the tenant's any more, and that it was nobody's. */
async function changeHost<Value>(
  tenant: TenantId,
  host: string,
  work: Promise<Value>,
  parts: HostParts,
): Promise<Value> {
  const value = await change(tenant, work, parts);
  try {
    await parts.directory.forget([{ by: "host", value: host }]);
  } catch (error) {
    parts.report("forget host", error);
  }
  return value;
}
