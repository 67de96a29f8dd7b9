import { describe, expect, it } from "vitest";
import { dropContents } from "../../../src/app/assets/drop-contents.ts";
import { completeUpload } from "../../../src/app/uploads/complete-upload.ts";
import { assetOfUpload } from "../../../src/app/uploads/make-asset.ts";
import { fakeAssets } from "../../fakes/assets.ts";
import { begun, digest, FILE, refusal, SIZE, sendAll, TENANT, uploadWorld } from "./upload-world.ts";

/** A world in which uploads become assets. */
function assetWorld() {
  const assets = fakeAssets();
  const world = uploadWorld();
  const parts = {
    ...world.parts,
    makeAsset: (session: Parameters<typeof assetOfUpload>[0]) => assetOfUpload(session, all),
  };
  const all = { ...world.parts, assets };
  return { ...world, parts, assets };
}

/** The same with an upload that became one, though nobody noted which. */
async function madeUnnoted() {
  const world = assetWorld();
  const plan = await begun(world, { asset: true });
  await sendAll(world, plan);
  const { noteAsset } = world.uploads;
  world.uploads.noteAsset = async () => {
    throw new Error("down");
  };
  await expect(completeUpload(plan, world.parts)).rejects.toThrow();
  world.uploads.noteAsset = noteAsset;
  return { world, plan };
}

describe("an upload that becomes an asset", () => {
  it("is a private one, with the digest of its bytes, and stays where it lies", async () => {
    const world = assetWorld();
    const plan = await begun(world, { asset: true });
    await sendAll(world, plan);
    const { result } = await completeUpload(plan, world.parts);
    expect(result.sha256).toBe(digest(FILE));
    const id = result.assetId ?? "";
    expect(await world.assets.find(TENANT, id)).toMatchObject({
      ...{ id, filename: "video.mp4", isPublic: false },
      content: { size: SIZE, sha256: digest(FILE), contentType: "video/mp4" },
    });
    expect(world.store.objects.size).toBe(1);
  });

  it("says 502 where the database or the store fails it, and is one when it is asked for again", async () => {
    const world = assetWorld();
    const plan = await begun(world, { asset: true });
    await sendAll(world, plan);
    const [{ get }, { adopt }] = [world.store, world.assets];
    const down = async () => {
      throw new Error("down");
    };
    world.store.get = down;
    expect((await refusal(completeUpload(plan, world.parts))).code).toBe("R2_ERROR");
    world.store.get = get;
    world.assets.adopt = down;
    expect((await refusal(completeUpload(plan, world.parts))).code).toBe("DATABASE_ERROR");
    world.assets.adopt = adopt;
    expect((await completeUpload(plan, world.parts)).result.assetId).not.toBeNull();
  });

  it("is the same one when the upload is completed again", async () => {
    const { world, plan } = await madeUnnoted();
    const first = (await completeUpload(plan, world.parts)).result.assetId;
    expect((await completeUpload(plan, world.parts)).result.assetId).toBe(first);
  });

  it("is none any more once that is deleted, and its bytes with it, though nobody noted that it ever was", async () => {
    const { world, plan } = await madeUnnoted();
    const [asset] = world.assets.assets.values();
    const gone = (await world.assets.remove(TENANT, asset?.id ?? "", 0)) ?? [];
    await dropContents(gone, { ...world.parts, assets: world.assets });
    await expect(completeUpload(plan, world.parts)).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(world.assets.assets.size).toBe(0);
  });

  it("has a name that a database can hold", async () => {
    const world = assetWorld();
    for (const [fileName, filename] of [
      ["a\u0000b.mp4", "a\ufffdb.mp4"],
      ["\ud800", "\ufffd"],
      ["é".repeat(1024), expect.any(String)],
    ]) {
      const plan = await begun(world, { asset: true, size: 0, fileName });
      const id = (await completeUpload(plan, world.parts)).result.assetId ?? "";
      expect(await world.assets.find(TENANT, id)).toMatchObject({ filename });
    }
  });
});
