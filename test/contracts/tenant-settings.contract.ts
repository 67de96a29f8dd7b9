import { describe, expect, test } from "vitest";
import type { OriginRule, TenantId } from "../../src/core/tenant.ts";
import type { OriginRuleChanges, TenantSettings } from "../../src/ports/tenant-settings.ts";
import { FILL_SETTINGS } from "../core/samples.ts";
import type { KnownTenant } from "../fakes/directory.ts";
import { knownTenant, namesOf } from "./directory.contract.ts";
import { hostSettingsContract } from "./host-settings.contract.ts";
import { keySettingsContract } from "./key-settings.contract.ts";
import { newTenant } from "./keys.ts";
import { servingSettingsContract } from "./serving-settings.contract.ts";

export type MakeSettings = (known: readonly KnownTenant[]) => Promise<TenantSettings>;

const LARGE = { store: "large", fromBytes: 5 * 2 ** 40 };

const RULE: OriginRule = {
  scheme: "https",
  host: "*.example.com",
  port: 443,
  pathPrefix: "/a%2Fb",
  access: null,
  obeyPrivate: false,
  tags: [],
};

/** `make` gives settings of these tenants, perhaps among others; they have hosts, and no rules, CNAMEs or keys. */
export function tenantSettingsContract(name: string, make: MakeSettings): void {
  /** Settings of two tenants, and their ids. */
  async function two(): Promise<[TenantSettings, TenantId, TenantId]> {
    const [one, other] = [knownTenant(), knownTenant()];
    return [await make([one, other]), one.tenant.id, other.tenant.id];
  }

  describe(`TenantSettings: ${name}`, () => {
    test("tells every name of a tenant", async () => {
      const known = [knownTenant(), knownTenant({ hosts: [] })];
      const settings = await make(known);
      for (const each of known) {
        const names = await settings.names(each.tenant.id);
        expect(names).toHaveLength(namesOf(each).length);
        expect(names).toEqual(expect.arrayContaining([...namesOf(each)]));
      }
    });

    test("has nothing of a tenant that is not there, and takes nothing for it", async () => {
      const [settings] = await two();
      const nobody = newTenant();
      expect(await settings.names(nobody)).toEqual([]);
      expect(await settings.access(nobody)).toBeNull();
      expect(await settings.changeAccess(nobody, { access: "public" })).toBeNull();
      expect(await settings.fillSettings(nobody)).toBeNull();
      expect(await settings.changeFillSettings(nobody, { mode: "stream" })).toBeNull();
      expect(await settings.serving(nobody)).toBeNull();
      expect(await settings.changeServing(nobody, { showActive: true })).toBeNull();
      expect(await settings.hosts(nobody)).toEqual([]);
      expect(await settings.changeHost(nobody, "a.example", { state: "active" })).toBeNull();
      expect(await settings.originRules(nobody)).toEqual([]);
      expect(await settings.cnames(nobody)).toEqual([]);
      await expect(settings.addOriginRule(nobody, RULE)).rejects.toThrow();
      const host = { host: `${nobody}.example`, state: "active", customHostnameId: null } as const;
      await expect(settings.addHost(nobody, host, 9)).rejects.toThrow();
      await expect(settings.addCname(nobody, { host: "a.example", bucket: "gs:a" })).rejects.toThrow();
    });
  });

  describe(`TenantSettings, access: ${name}`, () => {
    test("changes what is named and leaves the rest", async () => {
      const [settings, tenant, other] = await two();
      const before = await settings.access(other);
      expect(before).toEqual({ access: "probe", delivery: "edge", clientNetworks: [], managementNetworks: [] });
      const networks = ["192.0.2.0/24", "2001:db8::/32"];
      await settings.changeAccess(tenant, { access: "signed", clientNetworks: networks });
      const changed = await settings.changeAccess(tenant, { delivery: "presigned", managementNetworks: ["::/0"] });
      expect(changed).toEqual({
        ...{ access: "signed", delivery: "presigned" },
        ...{ clientNetworks: networks, managementNetworks: ["::/0"] },
      });
      expect(await settings.access(tenant)).toEqual(changed);
      expect(await settings.access(other)).toEqual(before);
    });

    test("changes nothing where nothing is named, and empties a list that is named empty", async () => {
      const [settings, tenant] = await two();
      await settings.changeAccess(tenant, { clientNetworks: ["192.0.2.1/32"] });
      expect(await settings.changeAccess(tenant, {})).toMatchObject({ clientNetworks: ["192.0.2.1/32"] });
      expect(await settings.changeAccess(tenant, { clientNetworks: [] })).toMatchObject({ clientNetworks: [] });
    });
  });

  describe(`TenantSettings, fills: ${name}`, () => {
    test("changes what is named and leaves the rest", async () => {
      const [settings, tenant, other] = await two();
      expect(await settings.fillSettings(tenant)).toEqual(FILL_SETTINGS);
      await settings.changeFillSettings(tenant, { mode: "stream", maxObjectBytes: 5 * 2 ** 40, store: "own" });
      const changed = await settings.changeFillSettings(tenant, { storeHtml: true, largeStore: LARGE });
      const one = { mode: "stream", storeHtml: true, maxObjectBytes: 5 * 2 ** 40 };
      expect(changed).toEqual({ ...one, store: "own", largeStore: LARGE });
      expect(await settings.fillSettings(tenant)).toEqual(changed);
      expect(await settings.fillSettings(other)).toEqual(FILL_SETTINGS);
    });

    test("changes nothing where nothing is named, and takes a no and a null for what they say", async () => {
      const [settings, tenant] = await two();
      const set = { mode: "auto", storeHtml: true, maxObjectBytes: 1, store: "own", largeStore: LARGE } as const;
      await settings.changeFillSettings(tenant, set);
      expect(await settings.changeFillSettings(tenant, {})).toEqual(set);
      const no = { storeHtml: false, maxObjectBytes: null, store: null, largeStore: null };
      const undone = await settings.changeFillSettings(tenant, no);
      expect(undone).toEqual({ mode: "auto", ...no });
      expect(await settings.access(tenant)).toMatchObject({ access: "probe" });
    });
  });

  describe(`TenantSettings, origin rules: ${name}`, () => {
    test("lists, changes and removes what was added, in the order of creation", async () => {
      const [settings, tenant] = await two();
      const start = Date.now();
      const first = await settings.addOriginRule(tenant, RULE);
      const second = await settings.addOriginRule(tenant, { ...RULE, port: 8443, access: "verify" });
      if (!first || !second) throw new Error("a rule was not added");
      expect(first).toEqual({ ...RULE, id: expect.any(Number), prices: null, createdAt: expect.any(Number) });
      expect(Math.abs(first.createdAt - start)).toBeLessThan(60_000);
      expect(await settings.originRules(tenant)).toEqual([first, second]);
      const change = (id: number, changes: OriginRuleChanges) => settings.changeOriginRule(tenant, id, changes);
      expect(await change(first.id, { access: "signed" })).toEqual({ ...first, access: "signed" });
      expect(await change(second.id, { access: null })).toEqual({ ...second, access: null });
      expect(await settings.originRules(tenant)).toMatchObject([{ access: "signed" }, { access: null }]);
      expect(await settings.removeOriginRule(tenant, first.id)).toBe(true);
      expect(await settings.removeOriginRule(tenant, first.id)).toBe(false);
      expect(await settings.originRules(tenant)).toMatchObject([{ id: second.id }]);
    });

    test("changes of a rule what is named and leaves the rest", async () => {
      const [settings, tenant] = await two();
      const rule = await settings.addOriginRule(tenant, { ...RULE, access: "verify", obeyPrivate: true });
      if (!rule) throw new Error("the rule was not added");
      expect(await settings.originRules(tenant)).toEqual([{ ...rule, access: "verify", obeyPrivate: true }]);
      const steps: readonly OriginRuleChanges[] = [
        ...[{}, { obeyPrivate: false }, { access: null }, { access: "public" as const, obeyPrivate: true }],
        ...[{ tags: ["a", "b"] }, { access: null }, { tags: [] }],
      ];
      let expected = rule;
      for (const changes of steps) {
        expected = { ...expected, ...changes };
        expect(await settings.changeOriginRule(tenant, rule.id, changes)).toEqual(expected);
        expect(await settings.originRules(tenant)).toEqual([expected]);
      }
    });

    test("takes a prefix once, whatever its access", async () => {
      const [settings, tenant, other] = await two();
      const added = await Promise.all(Array.from({ length: 5 }, () => settings.addOriginRule(tenant, RULE)));
      expect(added.filter((rule) => rule !== null)).toHaveLength(1);
      expect(await settings.addOriginRule(tenant, { ...RULE, access: "public" })).toBeNull();
      for (const changes of [{ scheme: "http" }, { host: "example.com" }, { port: 80 }, { pathPrefix: "/" }] as const) {
        expect(await settings.addOriginRule(tenant, { ...RULE, ...changes })).not.toBeNull();
      }
      expect(await settings.addOriginRule(other, RULE)).not.toBeNull();
      expect(await settings.originRules(tenant)).toHaveLength(5);
    });

    test("takes another tenant's id, and one that no rule can have, for none", async () => {
      const [settings, tenant, other] = await two();
      const rule = await settings.addOriginRule(tenant, RULE);
      const ids = [0, -1, 1.5, 2 ** 31, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY];
      for (const id of [rule?.id ?? 0, ...ids]) {
        expect(await settings.changeOriginRule(other, id, { access: "public" })).toBeNull();
        expect(await settings.removeOriginRule(other, id)).toBe(false);
      }
      expect(await settings.originRules(tenant)).toEqual([rule]);
      expect(await settings.originRules(other)).toEqual([]);
    });
  });

  describe(`TenantSettings, CNAMEs: ${name}`, () => {
    test("lists and removes what was added, each tenant its own", async () => {
      const [settings, tenant, other] = await two();
      const mine = await settings.addCname(tenant, { host: "cdn.example.com", bucket: "s3:aws/media" });
      expect(mine).toEqual({ host: "cdn.example.com", bucket: "s3:aws/media", createdAt: expect.any(Number) });
      expect(await settings.addCname(tenant, { host: "cdn.example.com", bucket: "gs:else" })).toBeNull();
      const theirs = await settings.addCname(other, { host: "cdn.example.com", bucket: "gs:theirs" });
      const second = await settings.addCname(tenant, { host: "files.example.com", bucket: "s3:aws/media" });
      expect(await settings.cnames(tenant)).toEqual([mine, second]);
      expect(await settings.removeCname(tenant, "cdn.example.com")).toBe(true);
      expect(await settings.removeCname(tenant, "cdn.example.com")).toBe(false);
      expect(await settings.cnames(tenant)).toEqual([second]);
      expect(await settings.cnames(other)).toEqual([theirs]);
    });
  });

  hostSettingsContract(name, two);
  servingSettingsContract(name, two);
  keySettingsContract(name, two);
}
