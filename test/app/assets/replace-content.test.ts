import { describe, expect, it } from "vitest";
import { replaceContent, uploadAsset } from "../../../src/app/assets/upload.ts";
import { MINUTE, NOON, tenantId } from "../../core/samples.ts";
import { ACME } from "../world.ts";
import { assetWorld, download, kept, upload, WISH } from "./asset-world.ts";
import { bodyOf, broken, chosen, sha256 } from "./bodies.ts";

describe("a new content", () => {
  it("takes the place of the one before, under the same id and name", async () => {
    const world = await assetWorld();
    const asset = await upload(world, "hello");
    world.clock.advance(MINUTE);
    const replaced = await replaceContent(ACME.id, asset.id, bodyOf("other", "text/css"), world);
    expect(replaced).toMatchObject({
      ...{ id: asset.id, filename: "a.txt", isPublic: true, createdAt: NOON, updatedAt: NOON + MINUTE },
      content: { sha256: sha256("other"), contentType: "text/css" },
    });
    expect(await download(world, asset.id)).toEqual([200, "other"]);
    expect(world.cdn.calls).toEqual([[`asset:${asset.id}`]]);
    expect(world.usage.of("upload")).toHaveLength(2);
  });

  it("is none where a form was sent before anybody chose a file", async () => {
    const world = await assetWorld();
    const asset = await upload(world, "hello");
    const replacing = replaceContent(ACME.id, asset.id, chosen("", ""), world);
    await expect(replacing).rejects.toMatchObject({ code: "MISSING_FIELD" });
    expect(await download(world, asset.id)).toEqual([200, "hello"]);
  });

  it("of an asset that there is not is not even read", async () => {
    const world = await assetWorld();
    const asset = await upload(world, "hello");
    for (const [tenant, id] of [
      [ACME.id, "nobodys"],
      [tenantId("other"), asset.id],
    ] as const) {
      const incoming = bodyOf("other");
      await expect(replaceContent(tenant, id, incoming, world)).rejects.toMatchObject({ code: "NOT_FOUND" });
      expect(incoming.body?.locked).toBe(false);
    }
  });

  it("that fails leaves the old one", async () => {
    const world = await assetWorld();
    const asset = await upload(world, "hello");
    await expect(replaceContent(ACME.id, asset.id, broken("other"), world)).rejects.toMatchObject({
      code: "INVALID_FIELD",
    });
    await world.settled();
    expect(await download(world, asset.id)).toEqual([200, "hello"]);
    expect(kept(world)).toEqual([asset.content.objectKey]);
    expect(world.cdn.calls).toEqual([]);
  });

  it("of an asset that is deleted meanwhile is kept by nobody", async () => {
    const world = await assetWorld();
    const asset = await upload(world, "hello");
    const assets = {
      ...world.assets,
      replace: async (...asked: Parameters<typeof world.assets.replace>) => {
        await world.assets.remove(ACME.id, asset.id, NOON);
        return await world.assets.replace(...asked);
      },
    };
    const replacing = replaceContent(ACME.id, asset.id, bodyOf("other"), { ...world, assets });
    await expect(replacing).rejects.toMatchObject({ code: "NOT_FOUND" });
    await world.settled();
    expect(kept(world)).toEqual([asset.content.objectKey]);
  });

  it("is another tenant's affair only under its own name", async () => {
    const world = await assetWorld();
    await expect(uploadAsset(tenantId("other"), WISH, bodyOf("x"), world)).rejects.toMatchObject({
      code: "UNKNOWN_TENANT",
    });
  });
});
