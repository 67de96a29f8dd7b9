/**
 * The host names that a deployment was given for itself. `null`: it says nothing of that, and every host serves it that
 * is not known to be a tenant's own.
 */
export type DeploymentHosts = {
  /** Where management calls are answered. */
  readonly api: ReadonlySet<string> | null;
  /** Where `/proxy` and `/f/` are answered, beside tenants' own hosts. */
  readonly delivery: ReadonlySet<string> | null;
  /** The name to which tenants' own hosts are pointed; `null`: none. */
  readonly target: string | null;
};

const NAME = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/;

/** Reads a list such as `api.example.com, admin.example.com`, in whatever case; `null`: one of them is no host name. */
export function parseHostList(text: string): ReadonlySet<string> | null {
  const names = text.split(",").map((name) => name.trim().toLowerCase());
  return names.every((name) => NAME.test(name)) ? new Set(names) : null;
}

/** Whether a host is one of the deployment's own by its settings, so that nobody need be asked whose it is. */
export function isOwnHost(host: string, { api, delivery }: DeploymentHosts): boolean {
  return delivery?.has(host) === true || api?.has(host) === true;
}

/** The same, with all names below one: whoever answers for a domain may answer for those too. */
export function isWithin(host: string, { api, delivery, target }: DeploymentHosts): boolean {
  const names = [...(api ?? []), ...(delivery ?? []), ...(target === null ? [] : [target])];
  return names.some((name) => host === name || host.endsWith(`.${name}`));
}
