import type { FillSettings, ServingSettings, TenantId, TenantName } from "../../src/core/tenant.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type {
  AccessSettings,
  NewOriginRule,
  StoredCname,
  StoredHost,
  StoredLinkKey,
  StoredOriginRule,
  StoredVerificationKey,
  TenantSettings,
} from "../../src/ports/tenant-settings.ts";
import type { KnownTenant } from "./directory.ts";

type Kept = {
  /** But for the hosts, which may change. */
  readonly names: readonly TenantName[];
  access: AccessSettings;
  fill: FillSettings;
  serving: ServingSettings;
  hosts: StoredHost[];
  rules: StoredOriginRule[];
  /** Rules that are gone. */
  removed: StoredOriginRule[];
  cnames: StoredCname[];
  linkKeys: StoredLinkKey[];
  verificationKeys: StoredVerificationKey[];
};

/** What each tenant has may be looked at, and changed, at any time. */
export type FakeTenantSettings = TenantSettings & { readonly kept: Map<TenantId, Kept> };

/** Knows these tenants with their settings, rules and CNAMEs; of secrets they begin with none. */
export function fakeTenantSettings(known: readonly KnownTenant[] = [], clock: Clock = Date): FakeTenantSettings {
  let rules = 0;
  const stored = <Value>(value: Value) => ({ ...value, createdAt: clock.now() });
  const storedRule = ({ prices = null, ...rule }: NewOriginRule) => stored({ ...rule, id: ++rules, prices });
  const kept = new Map<TenantId, Kept>();
  for (const { tenant, hosts } of known) {
    const { id, site, access, delivery, fill, serving, clientNetworks, managementNetworks } = tenant;
    kept.set(id, {
      names: [
        { by: "id", value: id },
        { by: "site", value: site },
      ],
      access: { access, delivery, clientNetworks, managementNetworks },
      fill,
      serving,
      hosts: hosts.map((host) => stored({ host, state: "active", customHostnameId: null })),
      rules: tenant.originRules.map(storedRule),
      removed: [],
      cnames: tenant.cnames.map(stored),
      linkKeys: [],
      verificationKeys: [],
    });
  }

  function of(tenant: TenantId): Kept {
    const own = kept.get(tenant);
    if (!own) throw new Error(`no tenant ${tenant}`);
    return own;
  }

  return {
    kept,
    async names(tenant) {
      const { names = [], hosts = [] } = kept.get(tenant) ?? {};
      return [...names, ...hosts.map(({ host }) => ({ by: "host", value: host }) as const)];
    },

    access: async (tenant) => kept.get(tenant)?.access ?? null,
    async changeAccess(tenant, changes) {
      const own = kept.get(tenant);
      if (!own) return null;
      own.access = { ...own.access, ...changes };
      return own.access;
    },

    fillSettings: async (tenant) => kept.get(tenant)?.fill ?? null,
    async changeFillSettings(tenant, changes) {
      const own = kept.get(tenant);
      if (!own) return null;
      own.fill = { ...own.fill, ...changes };
      return own.fill;
    },

    serving: async (tenant) => kept.get(tenant)?.serving ?? null,
    async changeServing(tenant, changes) {
      const own = kept.get(tenant);
      if (!own) return null;
      own.serving = { ...own.serving, ...changes };
      return own.serving;
    },

    hosts: async (tenant) => [...(kept.get(tenant)?.hosts ?? [])],
    async addHost(tenant, host, limit) {
      const own = of(tenant);
      const taken = [...kept.values()].some(({ hosts }) => hosts.some((each) => each.host === host.host));
      if (taken || own.hosts.length >= limit) return null;
      const added = stored(host);
      own.hosts.push(added);
      return added;
    },
    async changeHost(tenant, host, changes) {
      const own = kept.get(tenant);
      const index = own?.hosts.findIndex((each) => each.host === host) ?? -1;
      const old = own?.hosts[index];
      if (!own || !old) return null;
      own.hosts[index] = { ...old, ...changes };
      return own.hosts[index];
    },
    removeHost: async (tenant, host) => removed(kept.get(tenant)?.hosts, (each) => each.host === host),

    originRules: async (tenant) => [...(kept.get(tenant)?.rules ?? [])],
    async addOriginRule(tenant, rule) {
      const own = of(tenant);
      if (own.rules.some((each) => prefix(each) === prefix(rule))) return null;
      const added = storedRule(rule);
      own.rules.push(added);
      return added;
    },
    async changeOriginRule(tenant, id, changes) {
      const own = kept.get(tenant);
      const index = own?.rules.findIndex((rule) => rule.id === id) ?? -1;
      const rule = own?.rules[index];
      if (!own || !rule) return null;
      own.rules[index] = { ...rule, ...changes };
      return own.rules[index];
    },
    async removeOriginRule(tenant, id) {
      const own = kept.get(tenant);
      const gone = own?.rules.find((rule) => rule.id === id);
      if (own && gone) own.removed.push(gone);
      return removed(own?.rules, (rule) => rule.id === id);
    },

    cnames: async (tenant) => [...(kept.get(tenant)?.cnames ?? [])],
    async addCname(tenant, cname) {
      const own = of(tenant);
      if (own.cnames.some(({ host }) => host === cname.host)) return null;
      const added = stored(cname);
      own.cnames.push(added);
      return added;
    },
    removeCname: async (tenant, host) => removed(kept.get(tenant)?.cnames, (cname) => cname.host === host),

    linkKeys: async (tenant) => [...(kept.get(tenant)?.linkKeys ?? [])],
    async addLinkKey(tenant, key, limit) {
      const own = of(tenant);
      if (own.linkKeys.length >= limit || own.linkKeys.some(({ kid }) => kid === key.kid)) return null;
      const added = stored(key);
      own.linkKeys.push(added);
      return added;
    },
    removeLinkKey: async (tenant, kid) => removed(kept.get(tenant)?.linkKeys, (key) => key.kid === kid),

    verificationKeys: async (tenant) => [...(kept.get(tenant)?.verificationKeys ?? [])],
    async putVerificationKey(tenant, key, limit) {
      const own = of(tenant);
      if ([...kept.values()].some(({ verificationKeys }) => verificationKeys.some(({ id }) => id === key.id))) {
        throw new Error("an id that was used before");
      }
      const others = own.verificationKeys.filter(({ kind, name }) => kind !== key.kind || name !== key.name);
      if (others.filter((other) => !isOver(other, clock.now())).length >= limit) return null;
      const added = stored(key);
      own.verificationKeys = [...others, added];
      return added;
    },
    removeVerificationKey: async (tenant, id) => removed(kept.get(tenant)?.verificationKeys, (key) => key.id === id),
    async dropExpiredVerificationKeys(now) {
      for (const own of kept.values()) own.verificationKeys = own.verificationKeys.filter((key) => !isOver(key, now));
    },
  };
}

function prefix({ scheme, host, port, pathPrefix }: NewOriginRule): string {
  return `${scheme}://${host}:${port}${pathPrefix}`;
}

function isOver({ expiresAt }: StoredVerificationKey, now: number): boolean {
  return expiresAt !== null && expiresAt <= now;
}

/** Whether there was one; it is not there any more. */
function removed<Value>(list: Value[] | undefined, isIt: (value: Value) => boolean): boolean {
  const index = list?.findIndex(isIt) ?? -1;
  if (index >= 0) list?.splice(index, 1);
  return index >= 0;
}
