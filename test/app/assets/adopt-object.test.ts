import { describe, expect, it } from "vitest";
import { adoptObject } from "../../../src/app/assets/adopt-object.ts";
import { BARE } from "../../contracts/object-store.contract.ts";
import { NOON } from "../../core/samples.ts";
import { ACME, failing, utf8 } from "../world.ts";
import { assetWorld, download, kept } from "./asset-world.ts";

const notFound = { code: "NOT_FOUND" };

describe("an object that was stored by other means", () => {
  const objectKey = "creator/user-1/20260101/other/a-1.bin";
  const OBJECT = { objectKey, size: 5, sha256: "ab".repeat(32), contentType: "video/mp4" };
  const WISH = { filename: "a.mp4", isPublic: true };

  it("becomes an asset where it lies, once", async () => {
    const world = await assetWorld();
    await world.store.put(objectKey, utf8("hello"), BARE);
    const asset = await adoptObject(ACME.id, OBJECT, WISH, world);
    expect(asset).toMatchObject({ ...WISH, tenant: ACME.id, content: OBJECT });
    expect(await adoptObject(ACME.id, OBJECT, WISH, world)).toEqual(asset);
    expect(await download(world, asset.id)).toEqual([200, "hello"]);
    expect(kept(world)).toEqual([objectKey]);
  });

  it("is read once where nobody knows its digest", async () => {
    const world = await assetWorld();
    await world.store.put(objectKey, utf8("hello"), BARE);
    const { content } = await adoptObject(ACME.id, { ...OBJECT, sha256: null }, WISH, world);
    expect(content.sha256).toBe("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  });

  it("goes with its asset, and does not come back", async () => {
    const world = await assetWorld();
    await world.store.put(objectKey, utf8("hello"), BARE);
    const { id } = await adoptObject(ACME.id, OBJECT, WISH, world);
    await world.assets.remove(ACME.id, id, NOON);
    await expect(adoptObject(ACME.id, OBJECT, WISH, world)).rejects.toMatchObject(notFound);
  });

  it("is gone with the asset, whatever is still known of it", async () => {
    const world = await assetWorld();
    for (const sha256 of [OBJECT.sha256, null]) {
      await expect(adoptObject(ACME.id, { ...OBJECT, sha256 }, WISH, world)).rejects.toMatchObject(notFound);
    }
    expect([world.assets.assets.size, world.assets.contents.size]).toEqual([0, 0]);
  });

  it("that cannot be looked at, read or noted is nobody's yet", async () => {
    const world = await assetWorld();
    await world.store.put(objectKey, utf8("hello"), BARE);
    for (const broken of [
      { ...world, store: failing(world.store) },
      { ...world, store: failing(world.store, "get") },
      { ...world, assets: failing(world.assets) },
    ]) {
      const adopting = adoptObject(ACME.id, { ...OBJECT, sha256: null }, WISH, broken);
      await expect(adopting).rejects.toMatchObject({ code: "UNAVAILABLE" });
    }
    expect([world.assets.assets.size, world.assets.contents.size]).toEqual([0, 0]);
  });
});
