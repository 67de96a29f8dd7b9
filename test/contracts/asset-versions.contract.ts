import { beforeEach, describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import { HOUR, NOON, SECOND } from "../core/samples.ts";
import { type AssetsUnderTest, added, type MakeAssets, newId, replaced } from "./asset-rows.ts";

/** What was published of assets. */
export function assetVersionsContract(name: string, make: MakeAssets): void {
  describe(`Versions of assets: ${name}`, () => {
    let world: AssetsUnderTest;
    let acme: TenantId;
    beforeEach(async () => {
      world = await make();
      [acme] = world.tenants;
    });

    test("a version is what the asset was, whatever becomes of it", async () => {
      const { assets } = world;
      const asset = await added(world);
      const id = newId();
      const version = await assets.publish(acme, asset.id, id, NOON + HOUR);
      const { filename, content } = asset;
      const published = { tenant: acme, asset: asset.id, id, number: 1, filename, content, isPublic: true };
      expect(version).toEqual({ ...published, publishedAt: NOON + HOUR });
      await replaced(world, asset, 6);
      await assets.change(acme, asset.id, { filename: "b.txt" }, NOON);
      expect(await assets.findVersion(id)).toEqual(version);
      expect(await assets.findVersion(newId())).toBeNull();
    });

    test("versions are numbered from 1 and told of from the newest, the same content as often as it is published", async () => {
      const { assets } = world;
      const asset = await added(world);
      for (const number of [1, 2, 3]) {
        expect(await assets.publish(acme, asset.id, newId(), NOON)).toMatchObject({ number, content: asset.content });
      }
      const page = async (before: number | null, limit: number) =>
        (await assets.versions(acme, asset.id, { before, limit }))?.map(({ number }) => number);
      expect(await page(null, 10)).toEqual([3, 2, 1]);
      expect(await page(null, 2)).toEqual([3, 2]);
      expect(await page(2, 2)).toEqual([1]);
      expect(await page(1, 2)).toEqual([]);
      expect(await assets.find(acme, asset.id)).toMatchObject({ versions: 3 });
    });

    test("those that are published at once have numbers of their own", async () => {
      const { assets } = world;
      const asset = await added(world);
      const made = await Promise.all(Array.from({ length: 20 }, () => assets.publish(acme, asset.id, newId(), NOON)));
      expect(made.map((version) => version?.number).sort((a = 0, b = 0) => a - b)).toEqual(
        Array.from({ length: 20 }, (_, at) => at + 1),
      );
    });

    test("there are none of an asset that there is not, and an empty list of one that was never published", async () => {
      const { assets } = world;
      const asset = await added(world);
      expect(await assets.versions(acme, asset.id, { before: null, limit: 10 })).toEqual([]);
      expect(await assets.versions(acme, newId(), { before: null, limit: 10 })).toBeNull();
      expect(await assets.publish(acme, newId(), newId(), NOON)).toBeNull();
      expect(await assets.rollback(acme, newId(), { number: 1 }, NOON)).toBeNull();
    });

    test("a rollback brings back what a version holds, by id or number, at a second of its own", async () => {
      const { assets } = world;
      const asset = await added(world);
      const version = await assets.publish(acme, asset.id, newId(), NOON);
      await replaced(world, asset, 6, NOON);
      const back = await assets.rollback(acme, asset.id, { number: 1 }, NOON);
      expect(back).toMatchObject({ content: asset.content, contentSince: NOON + 2 * SECOND, versions: 1 });
      await replaced(world, asset, 7, NOON + HOUR);
      const again = await assets.rollback(acme, asset.id, { id: version?.id ?? "" }, NOON + 2 * HOUR);
      expect(again).toMatchObject({ content: asset.content, contentSince: NOON + 2 * HOUR });
      expect(await assets.find(acme, asset.id)).toEqual(again);
    });

    test("a rollback to no version, or to another asset's, changes nothing", async () => {
      const { assets } = world;
      const [asset, another] = [await added(world), await added(world)];
      await assets.publish(acme, asset.id, newId(), NOON);
      const theirs = await assets.publish(acme, another.id, newId(), NOON);
      const before = await assets.find(acme, asset.id);
      for (const version of [{ number: 2 }, { number: 0 }, { id: newId() }, { id: theirs?.id ?? "" }]) {
        expect(await assets.rollback(acme, asset.id, version, NOON + HOUR)).toBeNull();
      }
      expect(await assets.find(acme, asset.id)).toEqual(before);
    });

    test("who makes an asset private withdraws its versions, and a new one is public all the same", async () => {
      const { assets } = world;
      const asset = await added(world);
      const first = (await assets.publish(acme, asset.id, newId(), NOON))?.id ?? "";
      await assets.change(acme, asset.id, { isPublic: false }, NOON);
      expect(await assets.findVersion(first)).toMatchObject({ isPublic: false, number: 1 });
      await assets.change(acme, asset.id, { filename: "b.txt" }, NOON);
      const second = (await assets.publish(acme, asset.id, newId(), NOON))?.id ?? "";
      expect(await assets.findVersion(first)).toMatchObject({ isPublic: false });
      expect(await assets.findVersion(second)).toMatchObject({ isPublic: true, filename: "b.txt" });
      await assets.change(acme, asset.id, { isPublic: true }, NOON);
      expect(await assets.findVersion(first)).toMatchObject({ isPublic: true, filename: "a.txt" });
    });

    test("they go with their asset", async () => {
      const { assets } = world;
      const asset = await added(world);
      const version = await assets.publish(acme, asset.id, newId(), NOON);
      await assets.remove(acme, asset.id, NOON);
      expect(await assets.findVersion(version?.id ?? "")).toBeNull();
    });
  });
}
