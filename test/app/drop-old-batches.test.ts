import { describe, expect, it } from "vitest";
import { acceptManifest } from "../../src/app/accept-manifest.ts";
import { dropOldBatches } from "../../src/app/drop-old-batches.ts";
import { manifestChunks } from "../../src/app/manifest-chunks.ts";
import { preloadList } from "../../src/app/preload-list.ts";
import { sweepOrphans } from "../../src/app/sweep-orphans.ts";
import { BATCH_AGE_MS } from "../../src/core/preload/batch.ts";
import { CHUNK_LINES } from "../../src/core/preload/manifest-limits.ts";
import { chunksIn, expandAll, manifestOf, named, piecesOf } from "./manifests.ts";
import { ACME, failing, makeWorld, reported, sourceOf, type World } from "./world.ts";

const accept = (world: World, lines: number) =>
  acceptManifest(ACME.id, piecesOf(manifestOf(lines)), "request-1", world);

async function later(world: World): Promise<number> {
  world.clock.advance(BATCH_AGE_MS + 1);
  return await dropOldBatches(world);
}

describe("the old batches", () => {
  it("are forgotten after a week, and no day earlier; entries stay", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    await preloadList(ACME.id, [{ source, expiresAt: null, tags: [] }], "r", world);
    await accept(world, 1);
    await expandAll(world);
    world.clock.advance(BATCH_AGE_MS);
    expect(await dropOldBatches(world)).toBe(0);
    expect(await later(world)).toBe(2);
    expect(world.batches.rows.size).toBe(0);
    expect(await world.ledger.find(source.key)).not.toBeNull();
  });

  it("take along the lines that nobody came for", async () => {
    const world = makeWorld();
    await accept(world, 2 * CHUNK_LINES + 1);
    const [, second] = chunksIn(world);
    await world.store.delete(second ?? "");
    expect(chunksIn(world)).toHaveLength(2);
    await later(world);
    expect(chunksIn(world)).toEqual([]);
  });

  it("take along what readings that broke off left behind", async () => {
    const world = makeWorld();
    await world.batches.begin(named("batch-1"), null, world.clock.now());
    for (const run of [1, 3]) {
      // Four at once were on their way when it broke off.
      for (const chunk of [0, 1, 5]) await manifestChunks(named("batch-1"), run, world).keep(chunk, "1 {}");
    }
    expect(chunksIn(world)).toHaveLength(6);
    expect(await later(world)).toBe(1);
    expect(chunksIn(world)).toEqual([]);
  });

  it("stay while the store cannot let go of their lines, and stop no others", async () => {
    const world = makeWorld();
    await accept(world, 1);
    await preloadList(ACME.id, [{ source: await sourceOf(), expiresAt: null, tags: [] }], "r", world);
    world.clock.advance(BATCH_AGE_MS + 1);
    expect(await dropOldBatches({ ...world, store: failing(world.store) })).toBe(1);
    expect(reported(world)).toEqual(["batches"]);
    expect(world.batches.rows.size).toBe(1);
    expect(await dropOldBatches(world)).toBe(1);
    expect(chunksIn(world)).toEqual([]);
  });

  it("go in turns when they are many", async () => {
    const world = makeWorld();
    for (let batch = 0; batch < 12; batch += 1) await accept(world, 1);
    world.clock.advance(BATCH_AGE_MS + 1);
    const runs = [await dropOldBatches(world), await dropOldBatches(world), await dropOldBatches(world)];
    expect(runs).toEqual([5, 5, 2]);
  });
});

describe("lines that wait", () => {
  it("are no orphans to the sweep of copies", async () => {
    const world = makeWorld();
    await accept(world, 3);
    world.clock.advance(world.orphanAgeMs + 1);
    expect(await sweepOrphans(world)).toBe(0);
    expect(chunksIn(world)).toHaveLength(1);
  });
});
