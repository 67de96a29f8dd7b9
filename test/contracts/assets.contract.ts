import { beforeEach, describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import { HOUR, MINUTE, NOON, SECOND } from "../core/samples.ts";
import { type AssetsUnderTest, added, begun, type MakeAssets, newId, replaced, storedContent } from "./asset-rows.ts";

/** What assets are, what they hold, and whose they are. */
export function assetsContract(name: string, make: MakeAssets): void {
  describe(`Assets: ${name}`, () => {
    let world: AssetsUnderTest;
    let [acme, other] = ["", ""] as unknown as [TenantId, TenantId];
    beforeEach(async () => {
      world = await make();
      [acme, other] = world.tenants;
    });

    test("an asset is what its content was stored as", async () => {
      const { assets } = world;
      const asset = await added(world, { filename: "\u202ea/../я 🎬.txt", isPublic: false, size: 2 ** 40 });
      expect(asset).toMatchObject({
        ...{ tenant: acme, filename: "\u202ea/../я 🎬.txt", isPublic: false, versions: 0 },
        ...{ contentSince: NOON, createdAt: NOON, updatedAt: NOON },
        content: { size: 2 ** 40, sha256: String(2 ** 40).padStart(64, "0"), contentType: "text/plain" },
      });
      expect(asset.content.objectKey).toBe(`assets/${acme}/${asset.id}/${asset.content.id}`);
      expect(await assets.find(acme, asset.id)).toEqual(asset);
      expect(await assets.findAsset(asset.id)).toEqual(asset);
      expect(await assets.findAsset(newId())).toBeNull();
    });

    test("an asset may be of nobody knows what type", async () => {
      const id = newId();
      const content = { ...storedContent(await begun(world, id), 0), contentType: null };
      const asset = await world.assets.add({ tenant: acme, id, filename: "a", isPublic: true }, content, NOON);
      expect(asset?.content).toMatchObject({ size: 0, contentType: null });
      expect(await world.assets.find(acme, id)).toEqual(asset);
    });

    test("a content becomes one asset, and that only if it was begun", async () => {
      const { assets } = world;
      const { content } = await added(world);
      const wish = { tenant: acme, filename: "b", isPublic: true };
      expect(await assets.add({ ...wish, id: newId() }, storedContent(content.id), NOON)).toBeNull();
      expect(await assets.add({ ...wish, id: newId() }, storedContent(newId()), NOON)).toBeNull();
      await expect(assets.begin({ ...content, tenant: acme, asset: newId() }, NOON)).rejects.toThrow();
    });

    test("another content takes the place of the one before, at a second of its own", async () => {
      const asset = await added(world);
      const soon = await replaced(world, asset, 6, NOON + 1);
      expect(soon).toMatchObject({ createdAt: NOON, updatedAt: NOON + 1, contentSince: NOON + SECOND });
      expect(soon.content).toMatchObject({ size: 6 });
      const later = await replaced(world, asset, 7, NOON + HOUR);
      expect(later).toMatchObject({ contentSince: NOON + HOUR, filename: "a.txt", isPublic: true });
      expect(await world.assets.find(acme, asset.id)).toEqual(later);
    });

    test("what is named changes, and nothing else", async () => {
      const { assets } = world;
      const asset = await added(world);
      const renamed = { ...asset, filename: "b.txt", updatedAt: NOON + 1 };
      expect(await assets.change(acme, asset.id, { filename: "b.txt" }, NOON + 1)).toEqual(renamed);
      const hidden = { ...renamed, isPublic: false, updatedAt: NOON + 2 };
      expect(await assets.change(acme, asset.id, { isPublic: false }, NOON + 2)).toEqual(hidden);
      expect(await assets.find(acme, asset.id)).toEqual(hidden);
      expect(await assets.change(acme, asset.id, {}, NOON + 3)).toMatchObject({ filename: "b.txt", isPublic: false });
    });

    test("an object that was stored elsewhere is one asset, however often it is adopted", async () => {
      const { assets } = world;
      const content = { ...storedContent(newId(), 9), objectKey: `creator/${newId()}/20260101/video/a.mp4` };
      const wish = { tenant: acme, filename: "a.mp4", isPublic: false };
      const adopted = await assets.adopt({ ...wish, id: newId() }, content, NOON);
      expect(adopted).toMatchObject({ ...wish, content, createdAt: NOON });
      const renamed = await assets.change(acme, adopted?.id ?? "", { filename: "b.mp4" }, NOON);
      const again = { ...content, id: newId() };
      expect(await assets.adopt({ ...wish, id: newId() }, again, NOON + 1)).toEqual(renamed);
      expect((await assets.list(acme, { cursor: null, limit: 10 })).assets).toHaveLength(1);
      await assets.remove(acme, adopted?.id ?? "", NOON);
      expect(await assets.adopt({ ...wish, id: newId() }, { ...content, id: newId() }, NOON + 2)).toBeNull();
    });

    test("a list has all of a tenant's, the newest first, page by page", async () => {
      const { assets } = world;
      const made = [];
      for (const minutes of [0, 1, 1, 2, 3]) made.push(await added(world, { now: NOON + minutes * MINUTE }));
      const seen = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof assets.list>> = await assets.list(acme, { cursor, limit: 2 });
        expect(page.assets.length).toBeLessThanOrEqual(2);
        seen.push(...page.assets);
        cursor = page.cursor;
      } while (cursor !== null);
      expect(seen.map(({ createdAt }) => (createdAt - NOON) / MINUTE)).toEqual([3, 2, 1, 1, 0]);
      expect(new Set(seen.map(({ id }) => id))).toEqual(new Set(made.map(({ id }) => id)));
      expect(await assets.list(acme, { cursor: null, limit: 5 })).toEqual({ assets: seen, cursor: null });
      expect(await assets.list(other, { cursor: null, limit: 5 })).toEqual({ assets: [], cursor: null });
      await expect(assets.list(acme, { cursor: "of mine", limit: 5 })).rejects.toMatchObject({ code: "INVALID_FIELD" });
    });

    test("what is deleted is gone, and its contents are told of", async () => {
      const { assets } = world;
      const asset = await added(world);
      const { content } = await replaced(world, asset, 6);
      const released = await assets.remove(acme, asset.id, NOON);
      const told = [asset.content, content].map(({ id, objectKey }) => ({ id, objectKey, uploadId: null }));
      expect(released?.toSorted(byId)).toEqual(told.toSorted(byId));
      expect(await assets.find(acme, asset.id)).toBeNull();
      expect(await assets.findAsset(asset.id)).toBeNull();
      expect(await assets.remove(acme, asset.id, NOON)).toBeNull();
      const late = await begun(world, asset.id);
      expect(await assets.replace(acme, asset.id, storedContent(late), NOON)).toBeNull();
    });

    test("another tenant has none of its id, and changes nothing of it", async () => {
      const { assets } = world;
      const asset = await added(world);
      const version = await assets.publish(acme, asset.id, newId(), NOON);
      const before = await assets.find(acme, asset.id);
      const content = storedContent(await begun(world, asset.id));
      expect([
        await assets.find(other, asset.id),
        await assets.replace(other, asset.id, content, NOON),
        await assets.change(other, asset.id, { isPublic: false }, NOON),
        await assets.remove(other, asset.id, NOON),
        await assets.publish(other, asset.id, newId(), NOON),
        await assets.versions(other, asset.id, { before: null, limit: 10 }),
        await assets.rollback(other, asset.id, { number: 1 }, NOON),
        await assets.addToken(
          other,
          asset.id,
          { id: newId(), hash: "a".repeat(64), expiresAt: NOON, maxDownloads: null },
          NOON,
        ),
      ]).toEqual(new Array(8).fill(null));
      expect(await assets.find(acme, asset.id)).toEqual(before);
      expect(await assets.findVersion(version?.id ?? "")).toEqual(version);
      // Nor is what another's call could not use used up.
      expect(await assets.replace(acme, asset.id, content, NOON)).not.toBeNull();
    });
  });
}

const byId = (one: { readonly id: string }, two: { readonly id: string }) => (one.id < two.id ? -1 : 1);
