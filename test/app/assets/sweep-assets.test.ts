import { describe, expect, it } from "vitest";
import { publishAsset, removeAsset } from "../../../src/app/assets/assets.ts";
import { ABANDONED_MS, GRACE_MS, sweepAssets } from "../../../src/app/assets/sweep-assets.ts";
import { addToken } from "../../../src/app/assets/tokens.ts";
import { replaceContent } from "../../../src/app/assets/upload.ts";
import { BARE } from "../../contracts/object-store.contract.ts";
import { HOUR, MINUTE } from "../../core/samples.ts";
import { ACME, failing, reported, utf8 } from "../world.ts";
import { type AssetWorld, assetWorld, download, kept, upload } from "./asset-world.ts";
import { bodyOf } from "./bodies.ts";

const DAY = 24 * HOUR;

/** A consumer's schedule, minute by minute where anything is due, until so much time has passed. */
async function passing(ms: number, world: AssetWorld): Promise<void> {
  for (let passed = 0; passed < ms; passed += HOUR) {
    world.clock.advance(HOUR);
    await sweepAssets(world);
  }
}

describe("the sweep of assets", () => {
  it("deletes what was replaced, an hour later, and nothing that anybody has", async () => {
    const world = await assetWorld();
    const { id, content } = await upload(world, "one");
    const now = await replaceContent(ACME.id, id, bodyOf("two"), world);
    world.clock.advance(GRACE_MS - 1);
    expect(await sweepAssets(world)).toBe(0);
    world.clock.advance(1);
    expect(await sweepAssets(world)).toBe(1);
    expect(kept(world)).toEqual([now.content.objectKey]);
    expect(world.assets.contents.has(content.id)).toBe(false);
    expect(await download(world, id)).toEqual([200, "two"]);
  });

  it("lets go of uploads that broke off, their parts included", async () => {
    const world = await assetWorld();
    const begin = { tenant: ACME.id, asset: "asset-1", id: "content-1", objectKey: "assets/acme/asset-1/content-1" };
    await world.assets.begin(begin, world.clock.now());
    const opened = await world.store.createMultipart(begin.objectKey, BARE);
    await opened.uploadPart(1, utf8("one"));
    await world.assets.noteUpload(begin.id, opened.id);
    await world.assets.begin(
      { ...begin, id: "content-2", objectKey: "assets/acme/asset-1/content-2" },
      world.clock.now(),
    );
    await world.store.put("assets/acme/asset-1/content-2", utf8("two"), BARE);
    world.clock.advance(ABANDONED_MS - 1);
    await sweepAssets(world);
    expect(kept(world)).toHaveLength(2);
    await passing(2 * HOUR, world);
    expect([kept(world), world.assets.contents.size]).toEqual([[], 0]);
  });

  it("forgets tokens that have expired", async () => {
    const world = await assetWorld();
    const { id } = await upload(world);
    for (const ttlSeconds of [60, 600]) await addToken(ACME.id, id, { ttlSeconds, maxDownloads: null }, world);
    world.clock.advance(MINUTE - 1);
    await sweepAssets(world);
    expect(world.assets.tokens.size).toBe(2);
    world.clock.advance(1);
    await sweepAssets(world);
    expect(world.assets.tokens.size).toBe(1);
  });

  it("comes again to what it could not delete, and goes on with the others", async () => {
    const world = await assetWorld();
    const made = [await upload(world, "one"), await upload(world, "two"), await upload(world, "three")];
    for (const { id } of made) await removeAsset(ACME.id, id, { ...world, store: failing(world.store) });
    await world.settled();
    world.clock.advance(GRACE_MS);
    const stubborn = made[1]?.content.objectKey ?? "";
    const store = {
      ...world.store,
      delete: async (key: string) => {
        if (key === stubborn) throw new Error("no");
        await world.store.delete(key);
      },
    };
    expect(await sweepAssets({ ...world, store })).toBe(2);
    expect(kept(world)).toEqual([stubborn]);
    expect(await sweepAssets(world)).toBe(1);
    expect([kept(world), world.assets.contents.size]).toEqual([[], 0]);
  });

  it("never rejects, and keeps the row of what it does not know to be deleted", async () => {
    const world = await assetWorld();
    const asset = await upload(world);
    await world.assets.remove(ACME.id, asset.id, world.clock.now());
    world.clock.advance(GRACE_MS);
    for (const method of ["dropExpiredTokens", "giveUpOld", "released", "forget"] as const) {
      expect(await sweepAssets({ ...world, assets: failing(world.assets, method) })).toBe(0);
    }
    expect(new Set(reported(world))).toEqual(new Set(["assets"]));
    expect(world.assets.contents.size).toBe(1);
    expect(await sweepAssets(world)).toBe(1);
  });

  it("leaves nothing that nobody owns after a day of uploads that broke off, changes and deletions", async () => {
    const world = await assetWorld();
    // A small generator, so that a failure comes again: the same numbers each time.
    let seed = 1;
    const random = (most: number) => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed % most;
    };
    const living: string[] = [];
    for (let step = 0; step < 400; step += 1) {
      world.clock.advance(DAY / 400);
      const id = living[random(Math.max(1, living.length))];
      const kind = random(8);
      if (kind > 5 || kind === 0 || id === undefined) living.push((await upload(world, `content ${step}`)).id);
      else if (kind === 1) await replaceContent(ACME.id, id, bodyOf(`content ${step}`), world);
      else if (kind === 2) await publishAsset(ACME.id, id, world);
      else if (kind === 3) await addToken(ACME.id, id, { ttlSeconds: 60, maxDownloads: 1 }, world);
      else if (kind === 4) {
        const store = random(2) === 0 ? failing(world.store) : world.store;
        await removeAsset(ACME.id, id, { ...world, store });
        living.splice(living.indexOf(id), 1);
      } else {
        // A Worker that is killed in the middle does nothing more, and so does not let go of anything.
        const [asset, content] = [world.newId(), world.newId()];
        const objectKey = `assets/${ACME.id}/${asset}/${content}`;
        await world.assets.begin({ tenant: ACME.id, asset, id: content, objectKey }, world.clock.now());
        const opened = await world.store.createMultipart(objectKey, BARE);
        await world.assets.noteUpload(content, opened.id);
        if (random(2) === 0) await opened.complete([{ number: 1, etag: await opened.uploadPart(1, utf8("x")) }]);
      }
      if (step % 10 === 0) await sweepAssets(world);
    }
    await passing(ABANDONED_MS + 3 * HOUR, world);
    await world.settled();
    const owned = new Set<string>();
    for (const { content } of [...world.assets.assets.values(), ...world.assets.rows.values()])
      owned.add(content.objectKey);
    expect(living.length).toBeGreaterThan(5);
    expect(kept(world)).toEqual([...owned].toSorted());
    expect([...world.assets.contents.values()].map(({ objectKey }) => objectKey).toSorted()).toEqual(
      [...owned].toSorted(),
    );
    expect(world.assets.tokens.size).toBe(0);
    for (const id of living) expect((await download(world, id))[0]).toBe(200);
  });
});
