import { describe, expect, it } from "vitest";
import { findTus } from "../../../src/app/uploads/tus/tus-upload.ts";
import { append, brokenBody, create, left, offsetOf, status, tusWorld } from "./tus-world.ts";
import { CHUNK, digest, FILE, SIZE, storedBytes } from "./upload-world.ts";

const down = async (): Promise<never> => {
  throw new Error("down");
};

describe("an upload by tus whose parts of ours fail", () => {
  it("leaves no tail behind that somebody put there and died", async () => {
    const world = tusWorld();
    const plan = await create(world);
    const { keep } = world.parts.tus;
    world.parts.tus.keep = down;
    expect(await status(append(world, plan, 0, 10))).toBe("DATABASE_ERROR");
    expect(left(world)).toHaveLength(1);
    world.parts.tus.keep = keep;
    await append(world, plan, 0, SIZE);
    expect(left(world)).toEqual([]);
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it("is not complete before its tails are gone", async () => {
    const world = tusWorld();
    const plan = await create(world);
    await append(world, plan, 0, 10);
    const { delete: remove } = world.store;
    world.store.delete = down;
    expect(await status(append(world, plan, 10, SIZE))).toBe("R2_ERROR");
    expect(await world.uploads.find(plan)).toMatchObject({ status: "in_progress" });
    world.store.delete = remove;
    expect((await findTus(plan, world.parts)).state.offset).toBe(SIZE);
    expect(await world.uploads.find(plan)).toMatchObject({ status: "completed" });
    expect(left(world)).toEqual([]);
  });

  it("becomes an asset when it is next asked for, where that failed", async () => {
    let makeAsset: () => Promise<string> = down;
    const world = tusWorld({ makeAsset: () => makeAsset() });
    const plan = await create(world, { asset: true });
    expect(await status(append(world, plan, 0, SIZE))).toBe("DATABASE_ERROR");
    expect(await status(findTus(plan, world.parts))).toBe("DATABASE_ERROR");
    makeAsset = async () => "asset-1";
    await findTus(plan, world.parts);
    expect(await world.uploads.find(plan)).toMatchObject({ status: "completed", result: { assetId: "asset-1" } });
  });

  it("says 502 for a tail that the store has lost, and goes on when it has it again", async () => {
    const world = tusWorld();
    const plan = await create(world);
    await append(world, plan, 0, 10);
    const [key = ""] = left(world);
    const tail = world.store.objects.get(key);
    for (const bytes of [null, new Uint8Array(9)]) {
      if (bytes && tail) world.store.objects.set(key, { ...tail, bytes });
      else world.store.objects.delete(key);
      expect(await status(append(world, plan, 10, 20))).toBe("R2_ERROR");
    }
    if (tail) world.store.objects.set(key, tail);
    await append(world, plan, 10, SIZE);
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it("begins again where the store has another part than was noted, in its order", async () => {
    const world = tusWorld();
    const plan = await create(world);
    await append(world, plan, 0, CHUNK);
    // Somebody who lost their place long ago, and whose part came only now.
    await world.store
      .resumeMultipart([...world.store.uploads.values()][0]?.key ?? "", plan.storeUpload ?? "")
      .uploadPart(1, FILE.slice(1, CHUNK + 1));
    // Somebody has asked about a chunk of it as if it were no upload by tus.
    await world.uploads.findForChunk(plan, 1);
    expect(await status(append(world, plan, CHUNK, SIZE))).toBe("UPLOAD_INCOMPLETE");
    expect(await offsetOf(world, plan)).toBe(0);
    await append(world, plan, 0, SIZE);
    expect(digest(storedBytes(world, plan) ?? new Uint8Array())).toBe(digest(FILE));
  });

  it("keeps what came of a body that broke off while the store failed at its part", async () => {
    const world = tusWorld();
    const plan = await create(world);
    const { put } = world.store;
    world.store.put = down;
    const body = brokenBody(FILE.slice(0, 2 ** 19));
    expect(await status(append(world, plan, 0, 0, { body, length: SIZE }))).toBe("R2_ERROR");
    world.store.put = put;
    expect(await offsetOf(world, plan)).toBe(0);
    await append(world, plan, 0, SIZE);
  });
});
