import { type DeploymentHosts, isOwnHost } from "./deployment-hosts.ts";

/** What a route is for: `/proxy` and `/f/`, the state of the deployment, or everything else. */
export type Door = "delivery" | "health" | "management";

/**
 * Whether a host has a door: `closed`, though the host is the deployment's own; `unknown`, on a host of which nothing may
 * be said; `tenants`, when it is a tenant's own; `nobodys`, when it is not.
 */
export type DoorState = "open" | "closed" | "unknown" | "tenants" | "nobodys";

/**
 * Files of strangers and the API share no host, unless the deployment's settings name one for both: a page that is shown
 * on a host may read what else is there. A tenant's own host never has another door than that of its downloads.
 */
export function doorState(door: Door, host: string, hosts: DeploymentHosts): DoorState {
  const { api, delivery } = hosts;
  const otherwise = isOwnHost(host, hosts) ? "closed" : "unknown";
  switch (door) {
    case "management":
      if (api?.has(host)) return "open";
      if (api) return otherwise;
      return delivery?.has(host) ? "open" : "nobodys";
    case "delivery":
      if (delivery?.has(host)) return "open";
      if (api?.has(host)) return "closed";
      return delivery ? "tenants" : "open";
    case "health":
      // Never a question of whose a host is: that is what may be down.
      return api === null || delivery === null || isOwnHost(host, hosts) ? "open" : "unknown";
  }
}
