import { nextHostState } from "../../core/tenant-host.ts";
import type { CustomHostname, CustomHostnames } from "../../ports/custom-hostnames.ts";
import type { StoredHost } from "../../ports/tenant-settings.ts";

/** A host name, and what the network says of it. */
export type HostStanding = Pick<CustomHostname, "proofs" | "problems"> & {
  readonly host: StoredHost;
  /** Whether the network never answers for a host of this name. */
  readonly refused: boolean;
};

/** A host that no network was asked about. */
export function standingAlone(host: StoredHost): HostStanding {
  return { host, proofs: [], problems: [], refused: false };
}

/** Asks the network about a host, or tells it of one that it has not heard of yet; says what the host is from now on. */
export async function atNetwork(host: StoredHost, hostnames: CustomHostnames): Promise<HostStanding> {
  const { state, customHostnameId } = host;
  const seen = customHostnameId === null ? await hostnames.create(host.host) : await hostnames.find(customHostnameId);
  if (seen === "refused") return failed(host, "The network answers for no host of this name.", true);
  if (seen === null)
    return failed(host, "The network has given this host up: delete it here, and add it again.", false);
  const { proofs, problems } = seen;
  const known = { ...host, customHostnameId: seen.id, state: nextHostState(state, seen) };
  return { host: known, proofs, problems, refused: false };
}

function failed(host: StoredHost, problem: string, refused: boolean): HostStanding {
  return { host: { ...host, state: "failed" }, proofs: [], problems: [problem], refused };
}
