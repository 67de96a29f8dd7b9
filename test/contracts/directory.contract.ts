import { describe, expect, test } from "vitest";
import type { Caller } from "../../src/core/people/caller.ts";
import type { Scope } from "../../src/core/people/scopes.ts";
import {
  PLAIN_SERVING,
  type ServingSettings,
  type Tenant,
  type TenantId,
  type TenantName,
} from "../../src/core/tenant.ts";
import type { ApiKeys, TenantDirectory } from "../../src/ports/directory.ts";
import { FILL_SETTINGS, HOUR, NOON } from "../core/samples.ts";
import { type FakeTenants, fakeTenants, type KnownTenant } from "../fakes/directory.ts";
import { newTenant } from "./keys.ts";

export function knownTenant(changes: Partial<Tenant> = {}): KnownTenant {
  const id = newTenant();
  const hosts = [`one.${id}.example.com`, `two.${id}.example.com`];
  const tenant: Tenant = {
    ...{ id, site: `site-${id}`, access: "probe", delivery: "edge", fill: FILL_SETTINGS, serving: PLAIN_SERVING },
    ...{
      originRules: [],
      cnames: [],
      hosts,
      linkKeys: [],
      verificationKeys: [],
      clientNetworks: [],
      managementNetworks: [],
      standing: "good",
    },
    ...changes,
  };
  return { tenant, hosts: tenant.hosts };
}

const SERVING: ServingSettings = {
  cors: {
    origins: ["https://app.example.com", "http://localhost:3000"],
    requestHeaders: ["range", "x-player"],
    exposedHeaders: [],
    maxAgeSeconds: 0,
  },
  resourcePolicy: "same-site",
  showActive: true,
};

/** With ids that nobody else has: a store keeps the rules of all tenants in one place. */
function rules(): Tenant["originRules"] {
  const first = 2 ** 30 + Math.floor(Math.random() * 2 ** 29);
  return RULES.map((rule, at) => ({ ...rule, id: first + at }));
}

const RULES: Tenant["originRules"] = [
  { scheme: "https", host: "*.example.com", port: 443, pathPrefix: "/", access: null, obeyPrivate: false, tags: [] },
  {
    scheme: "https",
    host: "bucket.s3.amazonaws.com",
    port: 443,
    pathPrefix: "/public/",
    access: "public",
    obeyPrivate: true,
    tags: ["public", "of the bucket, {all}"],
  },
  {
    scheme: "http",
    host: "127.0.0.1",
    port: 8080,
    pathPrefix: "/a%2Fb",
    access: "probe",
    obeyPrivate: false,
    tags: [],
  },
];

/** A tenant that has something of everything, each list in the order in which the directory gives it. */
function fullTenant(changes: Partial<Tenant> = {}): KnownTenant {
  return knownTenant({
    access: "verify",
    delivery: "presigned",
    standing: { over: "deliveredBytes", allowed: null, until: NOON },
    fill: {
      mode: "stream",
      storeHtml: true,
      maxObjectBytes: 5 * 2 ** 40,
      store: "one",
      largeStore: { store: "two", fromBytes: 1 },
    },
    serving: SERVING,
    originRules: rules(),
    cnames: [
      { host: "cdn.example.com", bucket: "az:account" },
      { host: "media.example.com", bucket: "s3:aws/media" },
    ],
    linkKeys: [secret("newest"), secret("older")],
    verificationKeys: [secret("third"), secret("second"), secret("first")],
    clientNetworks: ["192.0.2.0/24", "2001:db8::/32"],
    managementNetworks: ["198.51.100.7/32"],
    ...changes,
  });
}

/** Ids are unique among all tenants. Sealed text may hold anything that text can, JSON included. */
function secret(name: string): Tenant["linkKeys"][number] {
  return { id: `${name}-${crypto.randomUUID()}`, sealed: `{"it": "${name} \\" {1,2}, \u{1f4e6}"}` };
}

export function namesOf({ tenant, hosts }: KnownTenant): readonly TenantName[] {
  const byHost = hosts.map((host) => ({ by: "host", value: host }) as const);
  return [{ by: "id", value: tenant.id }, { by: "site", value: tenant.site }, ...byHost];
}

/** A directory, and a way to change what it answers behind its back. */
export type MadeDirectory = {
  readonly directory: TenantDirectory;
  /** Sets the tenant's access to `public`. */
  open(tenant: TenantId): Promise<void>;
  /** Gives the tenant one host more, which answers already. */
  addHost(tenant: TenantId, host: string): Promise<void>;
};

/** Makes directories in front of a fake one; without `front` the fake itself. */
export function beforeFake(front: (fake: FakeTenants) => TenantDirectory = (fake) => fake) {
  return async (known: readonly KnownTenant[]): Promise<MadeDirectory> => {
    const fake = fakeTenants(known);
    const change = (id: TenantId, changes: (old: Tenant) => Partial<Tenant>) => {
      const index = fake.known.findIndex(({ tenant }) => tenant.id === id);
      const old = fake.known[index];
      if (!old) return;
      const tenant = { ...old.tenant, ...changes(old.tenant) };
      fake.known[index] = { tenant, hosts: tenant.hosts };
    };
    return {
      directory: front(fake),
      open: async (id) => change(id, () => ({ access: "public" })),
      addHost: async (id, host) => change(id, ({ hosts }) => ({ hosts: [...hosts, host] })),
    };
  };
}

/** `make` gives a directory that knows these tenants, perhaps among others. */
export function tenantDirectoryContract(
  name: string,
  make: (known: readonly KnownTenant[]) => Promise<MadeDirectory>,
): void {
  describe(`TenantDirectory: ${name}`, () => {
    test("finds a tenant by its site, its id and each of its hosts, again and again", async () => {
      const known = fullTenant();
      const { directory } = await make([known, knownTenant()]);
      for (const host of [...known.hosts, ...known.hosts]) {
        expect(await directory.find({ by: "host", value: host })).toEqual(known.tenant);
        expect(await directory.find({ by: "site", value: known.tenant.site })).toEqual(known.tenant);
        expect(await directory.find({ by: "id", value: known.tenant.id })).toEqual(known.tenant);
      }
    });

    test("knows a tenant without rules or hosts", async () => {
      const known = knownTenant({ hosts: [] });
      const { directory } = await make([known]);
      expect(await directory.find({ by: "site", value: known.tenant.site })).toEqual(known.tenant);
    });

    test("takes none of these for another, and no other spelling", async () => {
      const known = knownTenant();
      const { directory } = await make([known]);
      const [host = ""] = known.hosts;
      const nobody = [
        { by: "site", value: host },
        { by: "host", value: known.tenant.site },
        { by: "id", value: known.tenant.site },
        { by: "site", value: known.tenant.id },
        { by: "site", value: known.tenant.site.toUpperCase() },
        { by: "site", value: `${known.tenant.site} ` },
        { by: "site", value: "" },
        { by: "host", value: `x.${host}` },
        { by: "site", value: "%".repeat(2000) },
      ] as const;
      for (const tenantName of nobody) expect(await directory.find(tenantName)).toBeNull();
    });

    test("keeps what two tenants have apart", async () => {
      const some = { originRules: rules().slice(0, 1), cnames: [{ host: "cdn.example.com", bucket: "gs:theirs" }] };
      const [one, two] = [fullTenant(), fullTenant({ ...some, verificationKeys: [], clientNetworks: [] })];
      const { directory } = await make([one, two]);
      expect(await directory.find({ by: "site", value: one.tenant.site })).toEqual(one.tenant);
      expect(await directory.find({ by: "site", value: two.tenant.site })).toEqual(two.tenant);
    });

    test("gives a change to the next who asks, by whatever name, once it was told to forget", async () => {
      const [known, other] = [fullTenant(), knownTenant()];
      const { directory, open } = await make([known, other]);
      const find = () => Promise.all(namesOf(known).map((tenantName) => directory.find(tenantName)));
      await find();
      await open(known.tenant.id);
      await directory.forget(namesOf(known));
      const changed = { ...known.tenant, access: "public" };
      expect(await find()).toEqual(namesOf(known).map(() => changed));
      expect(await directory.find({ by: "id", value: other.tenant.id })).toEqual(other.tenant);
    });

    test("finds a tenant by a host that was nobody's before, once it was told to forget", async () => {
      const known = knownTenant();
      const { directory, addHost } = await make([known]);
      const added = { by: "host", value: `zero.${known.tenant.id}.example.com` } as const;
      expect(await directory.find(added)).toBeNull();
      expect(await directory.find({ by: "id", value: known.tenant.id })).toEqual(known.tenant);
      await addHost(known.tenant.id, added.value);
      await directory.forget([...namesOf(known), added]);
      const changed = { ...known.tenant, hosts: [...known.hosts, added.value] };
      for (const tenantName of [added, ...namesOf(known)]) expect(await directory.find(tenantName)).toEqual(changed);
    });

    test("forgets names that nobody has, and none", async () => {
      const [known, nobody] = [knownTenant(), knownTenant()];
      const { directory } = await make([known]);
      for (const tenantName of namesOf(nobody)) expect(await directory.find(tenantName)).toBeNull();
      await directory.forget(namesOf(nobody));
      await directory.forget([]);
      for (const tenantName of namesOf(nobody)) expect(await directory.find(tenantName)).toBeNull();
      expect(await directory.find({ by: "id", value: known.tenant.id })).toEqual(known.tenant);
    });
  });
}

export type KeysUnderTest = {
  readonly keys: ApiKeys;
  /** When a key was last used, as it was written down; `null`: never. */
  readonly usedAt: (hash: string) => Promise<number | null>;
};

/** `make` gives keys that know these callers by hash; `revoked` are hashes of keys that were good once. */
export function apiKeysContract(
  name: string,
  make: (callers: ReadonlyMap<string, Caller>, revoked: readonly string[]) => Promise<KeysUnderTest>,
): void {
  const newHash = () => crypto.randomUUID().replaceAll("-", "").repeat(2);
  const named = () => ({ key: { id: crypto.randomUUID(), name: "test" }, expiresAt: null });
  const tenantKey = (scopes: readonly Scope[]): Caller => ({ role: "tenant", tenant: newTenant(), scopes, ...named() });

  describe(`ApiKeys: ${name}`, () => {
    test("knows a tenant's key, an operator's, and no other", async () => {
      const [mine, operators, revoked] = [newHash(), newHash(), newHash()];
      const tenant = tenantKey(["admin"]);
      const operator: Caller = { role: "operator", ...named() };
      const callers = new Map([
        [mine, tenant],
        [operators, operator],
      ]);
      const { keys } = await make(callers, [revoked]);
      expect(await keys.find(mine)).toEqual(tenant);
      expect(await keys.find(operators)).toEqual(operator);
      for (const hash of [revoked, newHash(), mine.toUpperCase(), ""]) expect(await keys.find(hash)).toBeNull();
    });

    test("says what a key may do, and when it ends", async () => {
      const [limited, ending, none] = [newHash(), newHash(), newHash()];
      const callers = new Map([
        [limited, tenantKey(["proxy:read", "cache:read"])],
        [ending, { ...tenantKey(["usage:read"]), expiresAt: Date.now() + 3_600_000 }],
        [none, tenantKey([])],
      ]);
      const { keys } = await make(callers, []);
      for (const [hash, caller] of callers) expect(await keys.find(hash)).toEqual(caller);
    });

    test("writes down the latest use, and changes nothing else", async () => {
      const [mine, unused] = [newHash(), newHash()];
      const callers = new Map([
        [mine, tenantKey(["admin"])],
        [unused, tenantKey(["admin"])],
      ]);
      const { keys, usedAt } = await make(callers, []);
      expect(await usedAt(mine)).toBeNull();
      for (const now of [NOON, NOON + HOUR, NOON - HOUR]) await keys.used(mine, now);
      expect(await usedAt(mine)).toBe(NOON + HOUR);
      expect(await usedAt(unused)).toBeNull();
      expect(await keys.find(mine)).toEqual(callers.get(mine));
      await keys.used(newHash(), NOON);
    });
  });
}
