import type { Caller } from "../../src/core/api-key.ts";
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

/** Callers by the hash of their key; a revoked key is one that is not there. */
export type FakeApiKeys = ApiKeys & { readonly callers: Map<string, Caller> };

export function fakeApiKeys(): FakeApiKeys {
  const callers = new Map<string, Caller>();
  return { callers, find: async (hash) => callers.get(hash) ?? null };
}
