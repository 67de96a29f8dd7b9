import { describe, expect, it } from "vitest";
import { preloadList } from "../../src/app/preload-list.ts";
import { presigned } from "../core/samples.ts";
import { summaryOf } from "./manifests.ts";
import { ACME, failing, fillAll, makeWorld, sourceOf, URL_A, URL_B, type World } from "./world.ts";

async function run(world: World, ...urls: string[]) {
  const items = await Promise.all(
    urls.map(async (url) => ({ source: await sourceOf(url), expiresAt: null, tags: [] })),
  );
  return await preloadList(ACME.id, items, "request-1", world);
}

describe("a list that is preloaded", () => {
  it("is a batch, which tells what became of it", async () => {
    const world = makeWorld();
    const { batch, items } = await run(world, URL_A, URL_B, URL_A);
    expect(items.map(({ status }) => status)).toEqual(["queued", "queued", "filling"]);
    expect(await summaryOf(world, batch)).toMatchObject({
      lines: 3,
      expanded: true,
      pending: 2,
      entries: { filling: 2 },
    });
    await fillAll(world);
    expect(await summaryOf(world, batch)).toMatchObject({ pending: 0, entries: { ready: 2 }, bytes: 10 });
  });

  it("counts what cannot be copied as passed over, by its place", async () => {
    const world = makeWorld();
    const { batch, items } = await run(world, URL_A, presigned("https://bucket.s3.amazonaws.com/a/../b"));
    expect(items.map(({ status }) => status)).toEqual(["queued", "not_storable"]);
    expect(await summaryOf(world, batch)).toMatchObject({
      rejected: 1,
      errors: [{ line: 2, code: "NOT_STORABLE" }],
      entries: { filling: 1 },
    });
  });

  it("rejects while the batches are down, and may be repeated", async () => {
    const world = makeWorld();
    await expect(run({ ...world, batches: failing(world.batches) }, URL_A)).rejects.toThrow("this part is down");
    const { batch, items } = await run(world, URL_A);
    expect(items.map(({ status }) => status)).toEqual(["filling"]);
    expect(await summaryOf(world, batch)).toMatchObject({ entries: { filling: 1 } });
  });
});
