import { describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import type { HostChanges, StoredHost, TenantSettings } from "../../src/ports/tenant-settings.ts";

/** A host that no other test has: real stores outlive a test. */
function newHost(changes: Partial<StoredHost> = {}): Omit<StoredHost, "createdAt"> {
  const host = `${crypto.randomUUID()}.example.com`;
  return { host, state: "pending", customHostnameId: null, ...changes };
}

/** Host names of tenants' own. `two` gives settings of two tenants that have two each, and their ids. */
export function hostSettingsContract(name: string, two: () => Promise<[TenantSettings, TenantId, TenantId]>): void {
  describe(`TenantSettings, hosts: ${name}`, () => {
    test("lists and removes what was added, each tenant its own", async () => {
      const [settings, tenant, other] = await two();
      const [before, theirs] = [await settings.hosts(tenant), await settings.hosts(other)];
      expect(before).toHaveLength(2);
      const wishes = [newHost({ host: `b.${tenant}.example` }), newHost({ host: `a.${tenant}.example` })];
      const added = [];
      for (const wish of wishes) added.push(await settings.addHost(tenant, wish, 9));
      expect(added).toEqual(wishes.map((wish) => ({ ...wish, createdAt: expect.any(Number) })));
      expect((await settings.hosts(tenant)).slice(2)).toEqual(added);
      const [{ host }] = wishes as [StoredHost, StoredHost];
      expect(await settings.removeHost(other, host)).toBe(false);
      expect(await settings.removeHost(tenant, host)).toBe(true);
      expect(await settings.removeHost(tenant, host)).toBe(false);
      expect((await settings.hosts(tenant)).slice(2)).toEqual([added[1]]);
      expect(await settings.hosts(other)).toEqual(theirs);
    });

    test("names a host, whatever its state, as long as it is there", async () => {
      const [settings, tenant] = await two();
      const wish = newHost();
      const named = { by: "host", value: wish.host };
      await settings.addHost(tenant, wish, 9);
      expect(await settings.names(tenant)).toContainEqual(named);
      await settings.removeHost(tenant, wish.host);
      expect(await settings.names(tenant)).not.toContainEqual(named);
    });

    test("gives a host to one tenant, and to the next when that one has let go", async () => {
      const [settings, tenant, other] = await two();
      const wish = newHost({ state: "active" });
      expect(await settings.addHost(tenant, wish, 9)).not.toBeNull();
      expect(await settings.addHost(tenant, wish, 9)).toBeNull();
      expect(await settings.addHost(other, { ...wish, state: "pending" }, 9)).toBeNull();
      expect((await settings.hosts(tenant)).at(-1)).toMatchObject(wish);
      await settings.removeHost(tenant, wish.host);
      expect(await settings.addHost(other, wish, 9)).not.toBeNull();
    });

    test("gives a host to one of two tenants that ask at once", async () => {
      const [settings, tenant, other] = await two();
      const wish = newHost();
      const asked = [tenant, other, tenant, other].map((each) => settings.addHost(each, wish, 9));
      expect((await Promise.all(asked)).filter((host) => host !== null)).toHaveLength(1);
    });

    test("takes no more than the limit, also of those that come at once", async () => {
      const [settings, tenant] = await two();
      const asked = Array.from({ length: 5 }, () => settings.addHost(tenant, newHost(), 4));
      expect((await Promise.all(asked)).filter((host) => host !== null)).toHaveLength(2);
      expect(await settings.hosts(tenant)).toHaveLength(4);
      expect(await settings.addHost(tenant, newHost(), 4)).toBeNull();
      expect(await settings.addHost(tenant, newHost(), 5)).not.toBeNull();
    });

    test("changes of a host what is named and leaves the rest", async () => {
      const [settings, tenant, other] = await two();
      const added = await settings.addHost(tenant, newHost(), 9);
      if (!added) throw new Error("the host was not added");
      const steps: HostChanges[] = [
        {},
        { customHostnameId: "id-1" },
        { state: "active" },
        { state: "failed", customHostnameId: null },
      ];
      let expected = added;
      for (const changes of steps) {
        expected = { ...expected, ...changes };
        expect(await settings.changeHost(tenant, added.host, changes)).toEqual(expected);
        expect((await settings.hosts(tenant)).at(-1)).toEqual(expected);
      }
      expect(await settings.changeHost(other, added.host, { state: "active" })).toBeNull();
      expect(await settings.changeHost(tenant, `x.${added.host}`, { state: "active" })).toBeNull();
      expect((await settings.hosts(tenant)).at(-1)).toEqual(expected);
    });
  });
}
