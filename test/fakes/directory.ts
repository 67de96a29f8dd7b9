import type { Caller } from "../../src/core/people/caller.ts";
import type { Tenant, TenantName } from "../../src/core/tenant.ts";
import type { ApiKeys, TenantDirectory } from "../../src/ports/directory.ts";

export type KnownTenant = { readonly tenant: Tenant; readonly hosts: readonly string[] };

/** `known` may be changed at any time. `calls` tells who was asked for, `forgotten` whom it was told to forget. */
export type FakeTenants = TenantDirectory & {
  readonly known: KnownTenant[];
  readonly calls: TenantName[];
  readonly forgotten: TenantName[];
};

export function fakeTenants(known: readonly KnownTenant[] = []): FakeTenants {
  const all = [...known];
  const calls: TenantName[] = [];
  const forgotten: TenantName[] = [];
  return {
    known: all,
    calls,
    forgotten,
    async find(name) {
      calls.push(name);
      const isNamed = ({ tenant, hosts }: KnownTenant) =>
        name.by === "host" ? hosts.includes(name.value) : tenant[name.by] === name.value;
      return all.find(isNamed)?.tenant ?? null;
    },
    async forget(names) {
      forgotten.push(...names);
    },
  };
}

/** Callers by the hash of their key; a revoked key is one that is not there. `uses` tells who was used, and when. */
export type FakeApiKeys = RememberedKeys & {
  readonly callers: Map<string, Caller>;
  readonly uses: (readonly [hash: string, now: number])[];
  readonly forgotten: string[];
};

type RememberedKeys = ApiKeys & { forget(hash: string): void };

export function fakeApiKeys(): FakeApiKeys {
  const callers = new Map<string, Caller>();
  const uses: FakeApiKeys["uses"] = [];
  const forgotten: string[] = [];
  return {
    ...{ callers, uses, forgotten },
    find: async (hash) => callers.get(hash) ?? null,
    used: async (hash, now) => void uses.push([hash, now]),
    forget: (hash) => void forgotten.push(hash),
  };
}

/** When a key was last used, as it was told; `null`: never. */
export function latestUse({ uses }: FakeApiKeys, hash: string): number | null {
  const moments = uses.filter(([used]) => used === hash).map(([, now]) => now);
  return moments.length > 0 ? Math.max(...moments) : null;
}
