import { describe, expect, it } from "vitest";
import {
  changeAsset,
  describeAsset,
  listAssets,
  listVersions,
  publishAsset,
  removeAsset,
  rollbackAsset,
} from "../../../src/app/assets/assets.ts";
import { replaceContent } from "../../../src/app/assets/upload.ts";
import { HOUR, NOON, tenantId } from "../../core/samples.ts";
import { ACME, failing, reported } from "../world.ts";
import { type AssetWorld, assetWorld, download, kept, upload } from "./asset-world.ts";
import { bodyOf } from "./bodies.ts";

const OTHER = tenantId("other");
const notFound = { code: "NOT_FOUND" };

describe("an asset", () => {
  it("is described, listed, renamed and hidden", async () => {
    const world = await assetWorld();
    const one = await upload(world, "one");
    world.clock.advance(HOUR);
    const two = await upload(world, "two");
    expect(await describeAsset(ACME.id, one.id, world)).toEqual(one);
    expect(await listAssets(ACME.id, { cursor: null, limit: 10 }, world)).toEqual({ assets: [two, one], cursor: null });
    const changes = { filename: "b.txt", isPublic: false };
    const changed = await changeAsset(ACME.id, one.id, changes, world);
    expect(changed).toEqual({ ...one, ...changes, updatedAt: NOON + HOUR });
    expect(world.cdn.calls).toEqual([[`asset:${one.id}`]]);
  });

  it.each<[string, (world: AssetWorld, tenant: typeof ACME.id, id: string) => Promise<unknown>]>([
    ["described", (world, tenant, id) => describeAsset(tenant, id, world)],
    ["changed", (world, tenant, id) => changeAsset(tenant, id, { filename: "b" }, world)],
    ["deleted", (world, tenant, id) => removeAsset(tenant, id, world)],
    ["published", (world, tenant, id) => publishAsset(tenant, id, world)],
    ["told the versions of", (world, tenant, id) => listVersions(tenant, id, { before: null, limit: 9 }, world)],
    ["rolled back", (world, tenant, id) => rollbackAsset(tenant, id, { number: 1 }, world)],
  ])("is not %s where there is none, or it is another tenant's, and nothing is purged", async (_, call) => {
    const world = await assetWorld();
    const asset = await upload(world);
    await expect(call(world, ACME.id, "nobodys")).rejects.toMatchObject(notFound);
    await expect(call(world, OTHER, asset.id)).rejects.toMatchObject(notFound);
    await expect(call({ ...world, assets: failing(world.assets) }, ACME.id, asset.id)).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    expect(world.cdn.calls).toEqual([]);
    expect(await describeAsset(ACME.id, asset.id, world)).toEqual(asset);
  });

  it("that is deleted leaves no object, no row and nothing in caches", async () => {
    const world = await assetWorld();
    const { id } = await upload(world, "one");
    await publishAsset(ACME.id, id, world);
    await replaceContent(ACME.id, id, bodyOf("two"), world);
    for (let time = 0; time < 3; time += 1) {
      await download(world, id);
      await world.settled();
    }
    expect(world.edge.kept.size).toBe(1);
    await removeAsset(ACME.id, id, { ...world, cdn: world.edge });
    await world.settled();
    expect([kept(world), world.assets.contents.size, world.edge.kept.size]).toEqual([[], 0, 0]);
  });

  it("that is deleted is gone, though the store and the network fail", async () => {
    const world = await assetWorld();
    const asset = await upload(world);
    const broken = { ...world, store: failing(world.store), cdn: failing(world.cdn) };
    await removeAsset(ACME.id, asset.id, broken);
    await world.settled();
    await expect(download(world, asset.id)).rejects.toMatchObject(notFound);
    expect(reported(world)).toEqual(expect.arrayContaining(["assets", "cdn"]));
    // The sweep finds it by its row.
    expect([...world.assets.contents.keys()]).toEqual([asset.content.id]);
  });
});

describe("a version", () => {
  it("refers to the same object as its asset: nothing is copied, and nothing is sent", async () => {
    const world = await assetWorld();
    const asset = await upload(world);
    const before = kept(world);
    const version = await publishAsset(ACME.id, asset.id, { ...world, store: failing(world.store) });
    expect(version).toMatchObject({ number: 1, asset: asset.id, content: asset.content, isPublic: true });
    expect(kept(world)).toEqual(before);
    expect(world.cdn.calls).toEqual([[`asset:${asset.id}`]]);
    expect(world.usage.of("asset")).toEqual([{ kind: "asset", tenant: ACME.id, bytes: 5 }]);
  });

  it("is in the history, from which any can be brought back", async () => {
    const world = await assetWorld();
    const { id } = await upload(world, "one");
    const first = await publishAsset(ACME.id, id, world);
    await replaceContent(ACME.id, id, bodyOf("two"), world);
    const second = await publishAsset(ACME.id, id, world);
    await replaceContent(ACME.id, id, bodyOf("three"), world);
    expect(await listVersions(ACME.id, id, { before: null, limit: 9 }, world)).toEqual([second, first]);
    for (const [name, text] of [
      [{ number: 1 }, "one"],
      [{ id: second.id }, "two"],
    ] as const) {
      await rollbackAsset(ACME.id, id, name, world);
      expect(await download(world, id)).toEqual([200, text]);
    }
    expect(world.cdn.calls).toEqual(new Array(6).fill([`asset:${id}`]));
    await expect(rollbackAsset(ACME.id, id, { number: 3 }, world)).rejects.toMatchObject(notFound);
  });
});
