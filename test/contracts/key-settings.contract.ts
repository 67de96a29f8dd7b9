import { describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import type { StoredVerificationKey, TenantSettings } from "../../src/ports/tenant-settings.ts";
import { newTenant } from "./keys.ts";

/** Far from now, since a store may have a clock of its own. */
const LONG_AGO = Date.UTC(2001, 0, 1);
const LATER = Date.UTC(2100, 0, 1);

/** Sealed text may be any, JSON with a Postgres array in it for one. */
const linkKey = (kid: string) => ({ kid, sealed: `{"of": "${kid} \\" {1,2}"}` });

const verificationKey = (name: string, changes: Partial<StoredVerificationKey> = {}) => ({
  ...{ id: crypto.randomUUID(), kind: "s3-secret" as const, name, sealed: `sealed ${name}`, expiresAt: null },
  ...changes,
});

const names = (keys: readonly StoredVerificationKey[]) => keys.map(({ name }) => name);

/** The secrets among a tenant's settings. `two` gives settings of two tenants that have none, and their ids. */
export function keySettingsContract(name: string, two: () => Promise<[TenantSettings, TenantId, TenantId]>): void {
  describe(`TenantSettings, link keys: ${name}`, () => {
    test("lists and removes what was added, in the order of creation", async () => {
      const [settings, tenant] = await two();
      const kids = ["b", "c", "a"];
      const added = [];
      for (const kid of kids) added.push(await settings.addLinkKey(tenant, linkKey(kid), 3));
      expect(added).toEqual(kids.map((kid) => ({ ...linkKey(kid), createdAt: expect.any(Number) })));
      expect(await settings.linkKeys(tenant)).toEqual(added);
      expect(await settings.removeLinkKey(tenant, "c")).toBe(true);
      expect(await settings.removeLinkKey(tenant, "c")).toBe(false);
      expect(await settings.linkKeys(tenant)).toEqual([added[0], added[2]]);
    });

    test("takes no more than the limit, and has room again after one is gone", async () => {
      const [settings, tenant, other] = await two();
      await settings.addLinkKey(tenant, linkKey("one"), 2);
      await settings.addLinkKey(tenant, linkKey("two"), 2);
      expect(await settings.addLinkKey(tenant, linkKey("three"), 2)).toBeNull();
      expect(await settings.addLinkKey(other, linkKey("three"), 2)).not.toBeNull();
      await settings.removeLinkKey(tenant, "one");
      expect(await settings.addLinkKey(tenant, linkKey("three"), 2)).not.toBeNull();
      expect(await settings.linkKeys(tenant)).toMatchObject([{ kid: "two" }, { kid: "three" }]);
    });

    test("takes no more than the limit of ten that come at once", async () => {
      const [settings, tenant, other] = await two();
      const wishes = Array.from({ length: 10 }, (_, index) => settings.addLinkKey(tenant, linkKey(`key-${index}`), 2));
      const theirs = Array.from({ length: 2 }, (_, index) => settings.addLinkKey(other, linkKey(`key-${index}`), 2));
      expect((await Promise.all(wishes)).filter((key) => key !== null)).toHaveLength(2);
      expect((await Promise.all(theirs)).filter((key) => key !== null)).toHaveLength(2);
      expect(await settings.linkKeys(tenant)).toHaveLength(2);
    });

    test("takes an id once, each tenant its own", async () => {
      const [settings, tenant, other] = await two();
      const mine = await settings.addLinkKey(tenant, { kid: "1", sealed: "mine" }, 9);
      expect(await settings.addLinkKey(tenant, { kid: "1", sealed: "again" }, 9)).toBeNull();
      expect(await settings.removeLinkKey(other, "1")).toBe(false);
      const theirs = await settings.addLinkKey(other, { kid: "1", sealed: "theirs" }, 9);
      expect(await settings.linkKeys(tenant)).toEqual([mine]);
      expect(await settings.linkKeys(other)).toEqual([theirs]);
    });
  });

  describe(`TenantSettings, verification keys: ${name}`, () => {
    test("lists and removes what was put, in the order of creation", async () => {
      const [settings, tenant] = await two();
      const wishes = [verificationKey("b"), verificationKey("c", { expiresAt: LATER }), verificationKey("a")];
      const put = [];
      for (const wish of wishes) put.push(await settings.putVerificationKey(tenant, wish, 3));
      expect(put).toEqual(wishes.map((wish) => ({ ...wish, createdAt: expect.any(Number) })));
      expect(await settings.verificationKeys(tenant)).toEqual(put);
      expect(await settings.removeVerificationKey(tenant, wishes[1]?.id ?? "")).toBe(true);
      expect(await settings.removeVerificationKey(tenant, wishes[1]?.id ?? "")).toBe(false);
      expect(await settings.verificationKeys(tenant)).toEqual([put[0], put[2]]);
    });

    test("lets a key take the place of the one of its kind and name, also when there is no room", async () => {
      const [settings, tenant] = await two();
      const old = verificationKey("one", { expiresAt: LATER });
      await settings.putVerificationKey(tenant, old, 2);
      await settings.putVerificationKey(tenant, verificationKey("one", { kind: "gcs-hmac" }), 2);
      expect(await settings.putVerificationKey(tenant, verificationKey("two"), 2)).toBeNull();
      const fresh = verificationKey("one", { sealed: "fresh" });
      const put = await settings.putVerificationKey(tenant, fresh, 2);
      expect(put).toEqual({ ...fresh, createdAt: expect.any(Number) });
      expect(await settings.verificationKeys(tenant)).toMatchObject([{ kind: "gcs-hmac" }, fresh]);
      expect(await settings.removeVerificationKey(tenant, old.id)).toBe(false);
    });

    test("takes no more than the limit of ten that come at once, and one of ten with one name", async () => {
      const [settings, tenant, other] = await two();
      const put = (to: TenantId, keyName: string) => settings.putVerificationKey(to, verificationKey(keyName), 2);
      const wishes = Array.from({ length: 10 }, (_, index) => put(tenant, `key-${index}`));
      const theirs = Array.from({ length: 10 }, () => put(other, "same"));
      expect((await Promise.all(wishes)).filter((key) => key !== null)).toHaveLength(2);
      expect((await Promise.all(theirs)).filter((key) => key !== null)).toHaveLength(10);
      expect(await settings.verificationKeys(tenant)).toHaveLength(2);
      expect(names(await settings.verificationKeys(other))).toEqual(["same"]);
    });

    test("does not count keys whose time is over", async () => {
      const [settings, tenant] = await two();
      await settings.putVerificationKey(tenant, verificationKey("over", { expiresAt: LONG_AGO }), 1);
      expect(await settings.putVerificationKey(tenant, verificationKey("a"), 1)).not.toBeNull();
      expect(await settings.putVerificationKey(tenant, verificationKey("b"), 1)).toBeNull();
    });

    test("drops keys of any tenant whose time has come, and no others", async () => {
      const [settings, tenant, other] = await two();
      const now = LONG_AGO + 1000;
      for (const to of [tenant, other]) {
        for (const expiresAt of [null, LONG_AGO, now, now + 1]) {
          await settings.putVerificationKey(to, verificationKey(`until ${expiresAt}`, { expiresAt }), 9);
        }
      }
      await settings.dropExpiredVerificationKeys(now);
      for (const of of [tenant, other]) {
        expect(names(await settings.verificationKeys(of))).toEqual(["until null", `until ${now + 1}`]);
      }
    });

    test("keeps two tenants apart", async () => {
      const [settings, tenant, other] = await two();
      const mine = verificationKey("same", { sealed: "mine" });
      await settings.putVerificationKey(tenant, mine, 1);
      await settings.putVerificationKey(other, verificationKey("same", { sealed: "theirs" }), 1);
      expect(await settings.removeVerificationKey(other, mine.id)).toBe(false);
      expect(await settings.verificationKeys(tenant)).toMatchObject([mine]);
      expect(await settings.verificationKeys(other)).toMatchObject([{ sealed: "theirs" }]);
      // Nor does an id that was used before, though by another tenant, give the key away.
      await expect(settings.putVerificationKey(other, { ...mine, name: "else" }, 9)).rejects.toThrow();
      expect(await settings.verificationKeys(tenant)).toMatchObject([mine]);
    });

    test("has no keys of a tenant that is not there, and takes none for it", async () => {
      const [settings] = await two();
      const nobody = newTenant();
      expect(await settings.linkKeys(nobody)).toEqual([]);
      expect(await settings.verificationKeys(nobody)).toEqual([]);
      await expect(settings.addLinkKey(nobody, linkKey("a"), 9)).rejects.toThrow();
      await expect(settings.putVerificationKey(nobody, verificationKey("a"), 9)).rejects.toThrow();
    });
  });
}
