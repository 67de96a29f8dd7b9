import { beforeEach, describe, expect, test } from "vitest";
import type { Asset } from "../../src/core/assets/asset.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import { HOUR, NOON, SECOND } from "../core/samples.ts";
import { type AssetsUnderTest, added, type MakeAssets, newId, replaced } from "./asset-rows.ts";

const newHash = () => `${newId()}${newId()}`.replaceAll("-", "");

/** Private links to assets. */
export function assetTokensContract(name: string, make: MakeAssets): void {
  describe(`Tokens of assets: ${name}`, () => {
    let world: AssetsUnderTest;
    let asset: Asset;
    let [acme, other] = ["", ""] as unknown as [TenantId, TenantId];
    let hash: string;
    beforeEach(async () => {
      world = await make();
      [acme, other] = world.tenants;
      asset = await added(world, { isPublic: false });
      hash = newHash();
    });

    async function addToken(maxDownloads: number | null, expiresAt = NOON + HOUR): Promise<string> {
      const id = newId();
      await world.assets.addToken(acme, asset.id, { id, hash, expiresAt, maxDownloads }, NOON);
      return id;
    }

    test("a token opens its asset, as that is now", async () => {
      const { assets } = world;
      const id = newId();
      const token = await assets.addToken(acme, asset.id, { id, hash, expiresAt: NOON + HOUR, maxDownloads: 3 }, NOON);
      const made = { id, asset: asset.id, expiresAt: NOON + HOUR, maxDownloads: 3, downloads: 0, createdAt: NOON };
      expect(token).toEqual(made);
      expect(await assets.findToken(hash)).toEqual({ token: made, asset });
      const now = await replaced(world, asset, 6);
      expect(await assets.findToken(hash)).toEqual({ token: made, asset: now });
      expect(await assets.findToken(newHash())).toBeNull();
    });

    test("downloads are counted, and as many are let through as there are", async () => {
      const { assets } = world;
      await addToken(2);
      expect([await assets.takeDownload(hash, NOON), await assets.takeDownload(hash, NOON)]).toEqual([true, true]);
      expect(await assets.takeDownload(hash, NOON)).toBe(false);
      expect((await assets.findToken(hash))?.token.downloads).toBe(2);
    });

    test.each([1, 7])("of a hundred at once exactly %d", async (most) => {
      const { assets } = world;
      await addToken(most);
      const taken = await Promise.all(Array.from({ length: 100 }, () => assets.takeDownload(hash, NOON)));
      expect(taken.filter(Boolean)).toHaveLength(most);
      expect((await assets.findToken(hash))?.token.downloads).toBe(most);
    });

    test("one without a limit counts on and on", async () => {
      const { assets } = world;
      await addToken(null);
      for (let time = 0; time < 5; time += 1) expect(await assets.takeDownload(hash, NOON)).toBe(true);
      expect((await assets.findToken(hash))?.token).toMatchObject({ downloads: 5, maxDownloads: null });
    });

    test("it ends at its very moment", async () => {
      const { assets } = world;
      await addToken(null, NOON + SECOND);
      expect(await assets.takeDownload(hash, NOON + SECOND - 1)).toBe(true);
      expect(await assets.takeDownload(hash, NOON + SECOND)).toBe(false);
    });

    test("one that is revoked opens nothing, and is not revoked twice", async () => {
      const { assets } = world;
      const id = await addToken(null);
      expect(await assets.removeToken(acme, asset.id, id)).toBe(true);
      expect(await assets.takeDownload(hash, NOON)).toBe(false);
      expect(await assets.findToken(hash)).toBeNull();
      expect(await assets.removeToken(acme, asset.id, id)).toBe(false);
    });

    test("nobody revokes another tenant's, nor another asset's", async () => {
      const { assets } = world;
      const id = await addToken(null);
      const another = await added(world);
      expect(await assets.removeToken(other, asset.id, id)).toBe(false);
      expect(await assets.removeToken(acme, another.id, id)).toBe(false);
      expect(await assets.removeToken(acme, asset.id, newId())).toBe(false);
      expect(await assets.takeDownload(hash, NOON)).toBe(true);
    });

    test("there is none to an asset that there is not, and it goes with its asset", async () => {
      const { assets } = world;
      const token = { id: newId(), hash: newHash(), expiresAt: NOON, maxDownloads: null };
      expect(await assets.addToken(acme, newId(), token, NOON)).toBeNull();
      await addToken(null);
      await assets.remove(acme, asset.id, NOON);
      expect(await assets.findToken(hash)).toBeNull();
      expect(await assets.takeDownload(hash, NOON)).toBe(false);
    });

    test("those of an asset are listed page by page, the newest first, with what they have been used for", async () => {
      const { assets } = world;
      const made: string[] = [];
      for (const later of [0, 1, 1, 2]) {
        const id = newId();
        const token = { id, hash: newHash(), expiresAt: NOON + HOUR, maxDownloads: later };
        await assets.addToken(acme, asset.id, token, NOON + later * SECOND);
        made.push(id);
      }
      await assets.addToken(
        acme,
        (await added(world)).id,
        { id: newId(), hash, expiresAt: NOON + HOUR, maxDownloads: null },
        NOON,
      );
      const first = await assets.listTokens(acme, asset.id, { cursor: null, limit: 3 }, NOON);
      const [oldest = "", ...others] = made;
      const [one = "", other = "", newest = ""] = others;
      expect(first?.tokens.map(({ id }) => id)).toEqual([newest, ...[one, other].toSorted()]);
      expect(first?.tokens[0]).toEqual({
        ...{ id: newest, asset: asset.id, expiresAt: NOON + HOUR, maxDownloads: 2, downloads: 0 },
        createdAt: NOON + 2 * SECOND,
      });
      const last = await assets.listTokens(acme, asset.id, { cursor: first?.cursor ?? null, limit: 3 }, NOON);
      expect([last?.tokens.map(({ id }) => id), last?.cursor]).toEqual([[oldest], null]);
    });

    test("one that is used up is still listed, and one that has expired or is revoked is not", async () => {
      const { assets } = world;
      const page = { cursor: null, limit: 9 };
      const id = await addToken(1);
      await assets.takeDownload(hash, NOON);
      expect((await assets.listTokens(acme, asset.id, page, NOON + HOUR - 1))?.tokens).toMatchObject([
        { id, downloads: 1 },
      ]);
      expect(await assets.listTokens(acme, asset.id, page, NOON + HOUR)).toEqual({ tokens: [], cursor: null });
      await assets.removeToken(acme, asset.id, id);
      expect(await assets.listTokens(acme, asset.id, page, NOON)).toEqual({ tokens: [], cursor: null });
    });

    test("nobody lists those of another tenant's asset, nor goes on from what is no cursor", async () => {
      const { assets } = world;
      await addToken(null);
      const page = { cursor: null, limit: 9 };
      expect(await assets.listTokens(other, asset.id, page, NOON)).toBeNull();
      expect(await assets.listTokens(acme, newId(), page, NOON)).toBeNull();
      const wrong = assets.listTokens(acme, asset.id, { cursor: "x", limit: 9 }, NOON);
      await expect(wrong).rejects.toMatchObject({ code: "INVALID_FIELD" });
    });

    test("those that have expired are forgotten, and no others", async () => {
      const { assets } = world;
      // Far enough back that nobody else's have.
      const past = Date.UTC(1999, 0, 1);
      await addToken(null, past + 1);
      expect(await assets.dropExpiredTokens(past)).toBe(0);
      expect(await assets.findToken(hash)).not.toBeNull();
      expect(await assets.dropExpiredTokens(past + 1)).toBe(1);
      expect(await assets.findToken(hash)).toBeNull();
    });
  });
}
