import { describe, expect, test } from "vitest";
import type { Caller } from "../../src/core/api-key.ts";
import type { Tenant } from "../../src/core/tenant.ts";
import type { ApiKeys, TenantDirectory } from "../../src/ports/directory.ts";
import type { KnownTenant } from "../fakes/directory.ts";
import { newTenant } from "./keys.ts";

export function knownTenant(changes: Partial<Tenant> = {}): KnownTenant {
  const id = newTenant();
  const tenant: Tenant = { id, site: `site-${id}`, access: "probe", delivery: "edge", originRules: [], ...changes };
  return { tenant, hosts: [`one.${id}.example.com`, `two.${id}.example.com`] };
}

const RULES: Tenant["originRules"] = [
  { scheme: "https", host: "*.example.com", port: 443, pathPrefix: "/", access: null },
  { scheme: "https", host: "bucket.s3.amazonaws.com", port: 443, pathPrefix: "/public/", access: "public" },
  { scheme: "http", host: "127.0.0.1", port: 8080, pathPrefix: "/a%2Fb", access: "probe" },
];

/** `make` gives a directory that knows these tenants, perhaps among others. */
export function tenantDirectoryContract(
  name: string,
  make: (known: readonly KnownTenant[]) => Promise<TenantDirectory>,
): void {
  describe(`TenantDirectory: ${name}`, () => {
    test("finds a tenant by its site, its id and each of its hosts, again and again", async () => {
      const known = knownTenant({ access: "public", delivery: "presigned", originRules: RULES });
      const directory = await make([known, knownTenant()]);
      for (const host of [...known.hosts, ...known.hosts]) {
        expect(await directory.find({ by: "host", value: host })).toEqual(known.tenant);
        expect(await directory.find({ by: "site", value: known.tenant.site })).toEqual(known.tenant);
        expect(await directory.find({ by: "id", value: known.tenant.id })).toEqual(known.tenant);
      }
    });

    test("knows a tenant without rules or hosts", async () => {
      const known = { ...knownTenant(), hosts: [] };
      const directory = await make([known]);
      expect(await directory.find({ by: "site", value: known.tenant.site })).toEqual(known.tenant);
    });

    test("takes none of these for another, and no other spelling", async () => {
      const known = knownTenant();
      const directory = await make([known]);
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

    test("keeps two tenants' rules apart", async () => {
      const [one, two] = [knownTenant({ originRules: RULES }), knownTenant({ originRules: RULES.slice(0, 1) })];
      const directory = await make([one, two]);
      expect(await directory.find({ by: "site", value: one.tenant.site })).toEqual(one.tenant);
      expect(await directory.find({ by: "site", value: two.tenant.site })).toEqual(two.tenant);
    });
  });
}

/** `make` gives keys that know these callers by hash; `revoked` are hashes of keys that were good once. */
export function apiKeysContract(
  name: string,
  make: (callers: ReadonlyMap<string, Caller>, revoked: readonly string[]) => Promise<ApiKeys>,
): void {
  const newHash = () => crypto.randomUUID().replaceAll("-", "").repeat(2);

  describe(`ApiKeys: ${name}`, () => {
    test("knows a tenant's key, an operator's, and no other", async () => {
      const [mine, operators, revoked] = [newHash(), newHash(), newHash()];
      const tenant: Caller = { role: "tenant", tenant: newTenant() };
      const callers = new Map<string, Caller>([
        [mine, tenant],
        [operators, { role: "operator" }],
      ]);
      const keys = await make(callers, [revoked]);
      expect(await keys.find(mine)).toEqual(tenant);
      expect(await keys.find(operators)).toEqual({ role: "operator" });
      for (const hash of [revoked, newHash(), mine.toUpperCase(), ""]) expect(await keys.find(hash)).toBeNull();
    });
  });
}
