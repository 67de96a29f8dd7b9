import { beforeEach, describe, expect, test } from "vitest";
import type { TenantId } from "../../src/core/tenant.ts";
import { HOUR } from "../core/samples.ts";
import { type AssetsUnderTest, added, begun, type MakeAssets, newId, replaced, storedContent } from "./asset-rows.ts";

/** Far enough back that nobody else's rows are older: some stores outlive a test. */
const PAST = Date.UTC(1999, 0, 1);

/** What nothing refers to any more. */
export function assetLitterContract(name: string, make: MakeAssets): void {
  describe(`Litter of assets: ${name}`, () => {
    let world: AssetsUnderTest;
    let acme: TenantId;
    beforeEach(async () => {
      world = await make();
      [acme] = world.tenants;
    });

    /** Which of these are to be deleted. */
    async function released(ids: readonly string[], before = PAST): Promise<string[]> {
      const all = await world.assets.released(before, 1000);
      return ids.filter((id) => all.some((content) => content.id === id));
    }

    test("a content that was replaced is to be deleted, once it is long enough ago", async () => {
      const asset = await added(world, { now: PAST });
      const { content } = await replaced(world, asset, 6, PAST);
      const ids = [asset.content.id, content.id];
      expect(await released(ids, PAST - 1)).toEqual([]);
      expect(await released(ids)).toEqual([asset.content.id]);
      expect((await world.assets.released(PAST, 1000)).find(({ id }) => id === asset.content.id)).toEqual({
        ...{ id: asset.content.id, objectKey: asset.content.objectKey, uploadId: null },
      });
    });

    test("one that a version holds is not, whoever holds it now", async () => {
      const { assets } = world;
      const asset = await added(world, { now: PAST });
      await assets.publish(acme, asset.id, newId(), PAST);
      const { content } = await replaced(world, asset, 6, PAST);
      expect(await released([asset.content.id])).toEqual([]);
      await assets.rollback(acme, asset.id, { number: 1 }, PAST);
      expect(await released([asset.content.id, content.id])).toEqual([content.id]);
      expect(await assets.find(acme, asset.id)).toMatchObject({ content: asset.content });
    });

    test("a rollback to what is there already lets go of nothing", async () => {
      const asset = await added(world, { now: PAST });
      await world.assets.publish(acme, asset.id, newId(), PAST);
      await world.assets.rollback(acme, asset.id, { number: 1 }, PAST);
      expect(await released([asset.content.id])).toEqual([]);
    });

    test("all of a deleted asset's are, those of its versions too", async () => {
      const asset = await added(world, { now: PAST });
      await world.assets.publish(acme, asset.id, newId(), PAST);
      const { content } = await replaced(world, asset, 6, PAST);
      await world.assets.remove(acme, asset.id, PAST);
      expect(await released([asset.content.id, content.id])).toEqual([asset.content.id, content.id]);
    });

    test("what was forgotten is not told of again", async () => {
      const asset = await added(world, { now: PAST });
      await world.assets.remove(acme, asset.id, PAST);
      await world.assets.forget([asset.content.id]);
      expect(await released([asset.content.id])).toEqual([]);
      await world.assets.forget([asset.content.id, newId()]);
      await world.assets.forget([]);
    });

    test("one that was begun and never ended is given up, and never comes to be an asset's", async () => {
      const { assets } = world;
      const id = newId();
      const content = await begun(world, id, PAST);
      await assets.noteUpload(content, "upload-1");
      expect(await assets.giveUpOld(PAST - 1, PAST)).toBe(0);
      expect(await released([content])).toEqual([]);
      expect(await assets.giveUpOld(PAST, PAST + HOUR)).toBe(1);
      expect(await assets.giveUpOld(PAST, PAST + HOUR)).toBe(0);
      expect(await released([content], PAST + HOUR - 1)).toEqual([]);
      expect((await assets.released(PAST + HOUR, 1000)).find((each) => each.id === content)).toMatchObject({
        uploadId: "upload-1",
      });
      const wish = { tenant: acme, id, filename: "a", isPublic: true };
      expect(await assets.add(wish, storedContent(content), PAST)).toBeNull();
    });

    test("one by itself is given up unless an asset has it", async () => {
      const { assets } = world;
      const asset = await added(world, { now: PAST });
      expect(await assets.giveUp(asset.content.id, PAST)).toBe(false);
      expect(await released([asset.content.id])).toEqual([]);
      const content = await begun(world, asset.id, PAST);
      expect(await assets.giveUp(content, PAST)).toBe(true);
      expect(await assets.giveUp(content, PAST + 1)).toBe(true);
      expect(await released([content])).toEqual([content]);
      expect(await assets.replace(acme, asset.id, storedContent(content), PAST)).toBeNull();
      await assets.forget([content]);
      expect(await assets.giveUp(content, PAST)).toBe(true);
    });

    test("one that is still being sent when its asset is deleted is left to who sends it", async () => {
      const { assets } = world;
      const asset = await added(world, { now: PAST });
      const content = await begun(world, asset.id, PAST);
      expect((await assets.remove(acme, asset.id, PAST))?.map(({ id }) => id)).toEqual([asset.content.id]);
      expect(await released([content])).toEqual([]);
      expect(await assets.giveUp(content, PAST)).toBe(true);
    });

    test("no more are told of than were asked for", async () => {
      for (let time = 0; time < 3; time += 1) {
        const { id } = await added(world, { now: PAST });
        await world.assets.remove(acme, id, PAST);
      }
      expect(await world.assets.released(PAST, 2)).toHaveLength(2);
    });
  });
}
