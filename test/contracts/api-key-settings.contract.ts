import { describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import type { KeySettings, NewApiKey } from "../../src/ports/key-settings.ts";
import { HOUR } from "../core/samples.ts";

export type KeySettingsUnderTest = { readonly keys: KeySettings; readonly tenants: readonly [TenantId, TenantId] };

export function apiKeySettingsContract(name: string, make: () => Promise<KeySettingsUnderTest>): void {
  const newKey = (changes: Partial<NewApiKey> = {}): NewApiKey => {
    const id = crypto.randomUUID();
    const named = { id, name: `key ${id}`, prefix: "snap_key_abcd", hash: `hash of ${id}` };
    return { ...named, scopes: ["proxy:read", "usage:read"], expiresAt: null, ...changes };
  };
  const now = () => Date.now();

  describe(`KeySettings: ${name}`, () => {
    test("shows what was made, in the order of creation, and never the hash", async () => {
      const { keys, tenants } = await make();
      const [first, second] = [newKey(), newKey({ scopes: [], expiresAt: now() + HOUR })];
      for (const key of [first, second]) {
        const { hash: _, ...shown } = key;
        const added = await keys.add(tenants[0], key, null, now());
        expect(added).toEqual({ ...shown, createdAt: expect.any(Number), lastUsedAt: null });
        expect(await keys.find(tenants[0], key.id, now())).toEqual(added);
      }
      const listed = await keys.list(tenants[0], now());
      expect(listed.map(({ id }) => id)).toEqual([first.id, second.id]);
      expect(JSON.stringify(listed)).not.toContain("hash of");
    });

    test("has room for so many, however many come at once; those that have ended take none", async () => {
      const { keys, tenants } = await make();
      const over = newKey({ expiresAt: now() - 1 });
      await keys.add(tenants[0], over, null, now());
      const made = await Promise.all([1, 2, 3, 4].map(() => keys.add(tenants[0], newKey(), 2, now())));
      expect(made.filter((key) => key !== null)).toHaveLength(2);
      expect(await keys.list(tenants[0], now())).toHaveLength(2);
    });

    test("puts another beside an old one, which ends", async () => {
      const { keys, tenants } = await make();
      const [old, fresh] = [newKey(), newKey()];
      await keys.add(tenants[0], old, 1, now());
      const oldEndsAt = now() + HOUR;
      expect(await keys.rotate(tenants[0], old.id, fresh, { oldEndsAt, now: now() })).toMatchObject({ id: fresh.id });
      expect(await keys.find(tenants[0], old.id, now())).toMatchObject({ expiresAt: oldEndsAt });
      expect(await keys.find(tenants[0], old.id, oldEndsAt)).toBeNull();
      expect(await keys.find(tenants[0], fresh.id, oldEndsAt)).toMatchObject({ expiresAt: null });
    });

    test("lets no old one live longer than it would have", async () => {
      const { keys, tenants } = await make();
      const old = newKey({ expiresAt: now() + HOUR });
      await keys.add(tenants[0], old, null, now());
      await keys.rotate(tenants[0], old.id, newKey(), { oldEndsAt: now() + 9 * HOUR, now: now() });
      expect(await keys.find(tenants[0], old.id, now())).toMatchObject({ expiresAt: old.expiresAt });
    });

    test("puts nothing beside what is not there, has ended, or was revoked", async () => {
      const { keys, tenants } = await make();
      const [ended, revoked] = [newKey({ expiresAt: now() - 1 }), newKey()];
      for (const key of [ended, revoked]) await keys.add(tenants[0], key, null, now());
      await keys.revoke(tenants[0], revoked.id, now());
      const times = { oldEndsAt: now() + HOUR, now: now() };
      for (const id of [ended.id, revoked.id, "nobodys"]) {
        expect(await keys.rotate(tenants[0], id, newKey(), times)).toBeNull();
      }
      expect(await keys.list(tenants[0], now())).toEqual([]);
    });

    test("revokes once, and says whose hash it was", async () => {
      const { keys, tenants } = await make();
      const key = newKey();
      await keys.add(tenants[0], key, null, now());
      expect(await keys.revoke(tenants[0], key.id, now())).toBe(key.hash);
      expect(await keys.revoke(tenants[0], key.id, now())).toBeNull();
      expect(await keys.find(tenants[0], key.id, now())).toBeNull();
      expect(await keys.list(tenants[0], now())).toEqual([]);
    });

    test("is each tenant's own", async () => {
      const { keys, tenants } = await make();
      const key = newKey();
      await keys.add(tenants[0], key, null, now());
      const times = { oldEndsAt: now() + HOUR, now: now() };
      expect(await keys.list(tenants[1], now())).toEqual([]);
      expect(await keys.find(tenants[1], key.id, now())).toBeNull();
      expect(await keys.rotate(tenants[1], key.id, newKey(), times)).toBeNull();
      expect(await keys.revoke(tenants[1], key.id, now())).toBeNull();
      expect(await keys.find(tenants[0], key.id, now())).toMatchObject({ expiresAt: null });
    });
  });
}
