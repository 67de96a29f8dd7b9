import { SnapbyteError } from "../../core/errors.ts";
import { formatCidr, isInNetworks, parseCidr } from "../../core/network/cidr.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { AccessSettings } from "../../ports/tenant-settings.ts";
import { ask, change, type SettingsParts } from "./change.ts";

/** Who asks for a change that might shut them out. */
export type Applicant = {
  /** The client's IP address; `null`: unknown. */
  readonly address: string | null;
  readonly isOperator: boolean;
};

/** How the tenant's downloads and management calls are let in. */
export async function describeAccess(tenant: TenantId, parts: SettingsParts): Promise<AccessSettings> {
  return known(await ask(parts.settings.access(tenant), parts));
}

/**
 * Changes what is named and leaves the rest; blocks are kept in their shortest form. Throws 400 for what is no block of
 * addresses, and for management networks that would shut out the very caller, operators excepted: they come as they are.
 */
export async function changeAccess(
  tenant: TenantId,
  changes: Partial<AccessSettings>,
  applicant: Applicant,
  parts: SettingsParts,
): Promise<AccessSettings> {
  const { clientNetworks, managementNetworks } = changes;
  const checked = {
    ...changes,
    ...(clientNetworks && { clientNetworks: blocks("client_networks", clientNetworks) }),
    ...(managementNetworks && { managementNetworks: blocks("management_networks", managementNetworks) }),
  };
  if (!isInNetworks(checked.managementNetworks ?? [], applicant.address) && !applicant.isOperator) {
    throw new SnapbyteError("INVALID_FIELD", "management_networks must hold the address that this call comes from.");
  }
  return known(await change(tenant, parts.settings.changeAccess(tenant, checked), parts));
}

function blocks(field: string, networks: readonly string[]): string[] {
  const parsed = networks.map((network, position) => {
    const cidr = parseCidr(network);
    if (cidr) return formatCidr(cidr);
    throw new SnapbyteError("INVALID_FIELD", `${field}.${position} must be a CIDR block, such as 192.0.2.0/24.`);
  });
  return [...new Set(parsed)];
}

/** Deleted between the look-up of the caller and now. */
function known(settings: AccessSettings | null): AccessSettings {
  if (!settings) throw new SnapbyteError("UNKNOWN_TENANT");
  return settings;
}
