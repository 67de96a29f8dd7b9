import { describe, expect, it } from "vitest";
import { PART_BYTES } from "../../../src/app/assets/in-parts.ts";
import { ABANDONED_MS } from "../../../src/app/assets/sweep-assets.ts";
import { HOUR, NOON } from "../../core/samples.ts";
import { failing, reported, utf8 } from "../world.ts";
import { type AssetWorld, assetWorld, download, kept, leftOf, NOTHING, upload } from "./asset-world.ts";
import { bodyOf, broken, endlessOf, patterned } from "./bodies.ts";

describe("an upload that fails", () => {
  const nothing = async (world: AssetWorld) => {
    expect(await leftOf(world)).toEqual(NOTHING);
    expect(world.usage.events).toEqual([]);
  };

  it("since the body breaks off, or is not as long as was said, leaves nothing", async () => {
    for (const incoming of [broken("hello"), { ...bodyOf("hello"), length: 6 }, { ...bodyOf("hello"), length: 4 }]) {
      const world = await assetWorld();
      await expect(upload(world, incoming)).rejects.toMatchObject({ code: "INVALID_FIELD" });
      await nothing(world);
    }
  });

  it.each(["writer", "put", "createMultipart"] as const)(
    "since the store does not %s, leaves nothing",
    async (method) => {
      const world = await assetWorld();
      const store = {
        ...world.store,
        [method]: () => {
          throw new Error("the store is down");
        },
      };
      const incoming =
        method === "writer" ? bodyOf("hello") : endlessOf(patterned(method === "put" ? 5 : PART_BYTES + 1));
      await expect(upload({ ...world, store }, incoming)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      await nothing(world);
      expect(reported(world)).toEqual(["store"]);
    },
  );

  it("since rows cannot be written, leaves nothing, or what the sweep finds", async () => {
    const world = await assetWorld();
    const { assets } = world;
    await expect(upload({ ...world, assets: failing(assets, "begin") })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await nothing(world);
    await expect(upload({ ...world, assets: failing(assets, "add") })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await nothing(world);
    await expect(upload({ ...world, assets: failing(assets, "add", "giveUp") })).rejects.toMatchObject({
      code: "UNAVAILABLE",
    });
    expect(kept(world)).toEqual([...assets.contents.values()].map(({ objectKey }) => objectKey));
  });

  it.each(["put", "complete"])(
    "since the store's %s fails, and is done later all the same, leaves nothing",
    async (call) => {
      const world = await assetWorld();
      const late: (() => Promise<void>)[] = [];
      const fails = (work: () => Promise<void>) => {
        late.push(work);
        return Promise.reject(new Error("nobody knows"));
      };
      const { put, createMultipart } = world.store;
      const store: typeof world.store = {
        ...world.store,
        put: (...asked) => (call === "put" ? fails(() => put(...asked)) : put(...asked)),
        async createMultipart(...asked) {
          const upload = await createMultipart(...asked);
          return { ...upload, abort: async () => {}, complete: (parts) => fails(() => upload.complete(parts)) };
        },
        // What a store is still at work on cannot be taken from it.
        resumeMultipart: (...asked) => ({ ...world.store.resumeMultipart(...asked), abort: async () => {} }),
      };
      const incoming = endlessOf(patterned(call === "put" ? 5 : PART_BYTES + 1));
      await expect(upload({ ...world, store }, incoming)).rejects.toMatchObject({ code: "UNAVAILABLE" });
      expect(kept(world).filter((key) => world.store.objects.has(key))).toEqual([]);
      for (const work of late) await work();
      expect(kept(world)).toHaveLength(1);
      await leftOf(world);
      expect([kept(world), world.assets.contents.size]).toEqual([[], 0]);
    },
  );

  it("since it takes a day, however steadily it comes, leaves nothing", async () => {
    const world = await assetWorld();
    const body = new ReadableStream({
      type: "bytes",
      pull(controller) {
        world.clock.advance(HOUR);
        controller.enqueue(utf8("x"));
      },
    });
    const sending = upload(world, { ...endlessOf(""), body });
    await expect(sending).rejects.toMatchObject({ code: "INVALID_FIELD" });
    expect(world.clock.now() - NOON).toBeLessThan(ABANDONED_MS);
    await nothing(world);
  });

  it("since the rows' answer was lost keeps what they refer to all the same", async () => {
    const world = await assetWorld();
    const assets = {
      ...world.assets,
      add: async (...asked: Parameters<typeof world.assets.add>) => {
        await world.assets.add(...asked);
        throw new Error("the answer was lost");
      },
    };
    await expect(upload({ ...world, assets })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    const [asset] = world.assets.assets.values();
    expect(await download(world, asset?.id ?? "")).toEqual([200, "hello"]);
  });
});
