import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { preload } from "../../src/app/preload.ts";
import { type Ask, type Redirect, resolve } from "../../src/app/resolve.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { WORD_COUNTS_MS } from "../../src/core/fills/recent-wishes.ts";
import { HOUR, NOON, SECOND } from "../core/samples.ts";
import { purgeAs } from "./purging.ts";
import {
  ACME,
  beforehand,
  fillAll,
  generationOf,
  HELLO,
  makeReady,
  makeWorld,
  onlyMessage,
  reported,
  sourceOf,
  tracesOf,
  URL_A,
  utf8,
  type World,
  want,
} from "./world.ts";

const NEWER = { ...HELLO, headers: { ...HELLO.headers, etag: '"hello-2"' }, body: utf8("newer") };

/** A world with a copy that is wanted anew; the origin has a newer version where `newer`. */
async function softWorld(newer = true) {
  const world = makeWorld();
  const source = await sourceOf(URL_A, "movie");
  await makeReady(world, source, { trusted: true });
  world.clock.advance(SECOND);
  if (newer) world.origin.answers.set(URL_A, NEWER);
  expect(await purgeAs(world, { by: "keys", keys: ["movie"] }, true)).toMatchObject({ purged: 1 });
  return { world, source, key: source.key, before: await generationOf(world, source.key) };
}

/** A download of somebody who has a tenant's word, so that the origin is not asked. */
async function download(world: World, changes: Partial<Ask> = {}): Promise<Redirect> {
  const source = { ...(await sourceOf(URL_A, "movie")), access: "public" as const };
  const ask: Ask = {
    ...{ tenant: ACME, source, trusted: false, signed: null, method: "GET", requestId: "request-1" },
    ...{ credentialed: false, passing: null, ...changes },
  };
  const redirect = await resolve(ask, world);
  await world.settled();
  return redirect;
}

const isWanted = async ({ ledger }: World, key: Parameters<World["ledger"]["find"]>[0]) =>
  (await ledger.find(key))?.refreshWanted;

describe("a copy that is wanted anew", () => {
  it("is handed over, and made anew behind the back of the first who asks", async () => {
    const { world, key, before } = await softWorld();
    expect(await download(world)).toMatchObject({ cacheStatus: "snapbyte; hit" });
    expect(world.queue.messages).toHaveLength(1);
    expect(await generationOf(world, key)).toBe(before);
    await fillAll(world);
    expect(await generationOf(world, key)).not.toBe(before);
    expect(await isWanted(world, key)).toBe(false);
    expect(world.index.entries.get(keyText(key))).not.toHaveProperty("refreshWanted");
  });

  it("is asked for once, whoever else comes meanwhile, and not again afterwards", async () => {
    const { world } = await softWorld();
    for (let count = 0; count < 5; count += 1) await download(world);
    expect(world.queue.messages).toHaveLength(1);
    await fillAll(world);
    for (let count = 0; count < 5; count += 1)
      expect(await download(world)).toMatchObject({ cacheStatus: "snapbyte; hit" });
    expect(world.queue.messages).toEqual([]);
  });

  it("is made anew where the origin's word is asked for the download, too", async () => {
    const { world } = await softWorld(false);
    const source = await sourceOf(URL_A, "movie");
    expect(await download(world, { source })).toMatchObject({ cacheStatus: "snapbyte; hit" });
    expect(world.queue.messages).toHaveLength(1);
  });

  it("is not sent for by who may not have it", async () => {
    const { world } = await softWorld();
    world.origin.answers.set(URL_A, { status: 403 });
    const source = await sourceOf(URL_A, "movie");
    expect(await download(world, { source })).toMatchObject({ cacheStatus: "snapbyte; fwd=uri-miss" });
    expect(world.queue.messages).toEqual([]);
  });

  it("stays when the origin confirms it, and is wanted no more", async () => {
    const { world, key, before } = await softWorld(false);
    world.origin.answers.set(URL_A, { status: 304 });
    await download(world);
    await fillAll(world);
    expect(await generationOf(world, key)).toBe(before);
    expect(await isWanted(world, key)).toBe(false);
    await download(world);
    expect(world.queue.messages).toEqual([]);
  });

  it("stays, and is still wanted, when the fill fails", async () => {
    const { world, key, before } = await softWorld();
    world.origin.answers.set(URL_A, { status: 500 });
    await download(world);
    await fill(onlyMessage(world), 6, world);
    expect(await generationOf(world, key)).toBe(before);
    expect(await isWanted(world, key)).toBe(true);
    expect(await download(world)).toMatchObject({ cacheStatus: "snapbyte; hit" });
    expect(reported(world)).toEqual(["fill"]);
  });

  it("is made anew by a preload, which brings a URL as well", async () => {
    const { world, source, key, before } = await softWorld();
    const [result] = await preload([{ source, expiresAt: null, tags: [] }], "request", world);
    expect(result).toMatchObject({ status: "queued" });
    await fillAll(world);
    expect(await generationOf(world, key)).not.toBe(before);
    expect(await isWanted(world, key)).toBe(false);
  });

  it("goes at once with a purge that is not soft", async () => {
    const { world, key } = await softWorld();
    await purgeAs(world, { by: "all" });
    expect(tracesOf(world, key)).toEqual([]);
    expect(await isWanted(world, key)).toBe(false);
  });
});

describe("a fill that was under way when a copy was wanted anew", () => {
  it("does not end the wish: its bytes may be of before, and are thrown away", async () => {
    const world = makeWorld();
    const source = await sourceOf(URL_A, "movie");
    await makeReady(world, source, { trusted: true });
    await world.ledger.markStale(source.key, await generationOf(world, source.key), NOON);
    world.index.entries.clear();
    await want(source, world);
    world.clock.advance(SECOND);
    const before = await generationOf(world, source.key);
    const origin = beforehand(world.origin, "open", () => purgeAs(world, { by: "all" }, true));
    expect(await fill(onlyMessage(world), 1, { ...world, origin })).toEqual({ done: true });
    expect(await generationOf(world, source.key)).toBe(before);
    expect(await isWanted(world, source.key)).toBe(true);
    expect([...world.store.objects.keys()]).toEqual([`${keyText(source.key)}/${before}`]);
  });

  it("brings the first copy all the same, which is then wanted anew", async () => {
    const world = makeWorld();
    const source = await sourceOf(URL_A, "movie");
    await want(source, world);
    world.clock.advance(SECOND);
    const origin = beforehand(world.origin, "open", () => purgeAs(world, { by: "key-prefix", prefix: "mov" }, true));
    await fill(onlyMessage(world), 1, { ...world, origin });
    expect(await world.ledger.find(source.key)).toMatchObject({ state: "ready", refreshWanted: true });
    expect(world.index.entries.get(keyText(source.key))).toMatchObject({ refreshWanted: true });
    await download(world);
    await fillAll(world);
    expect(await isWanted(world, source.key)).toBe(false);
  });

  it("and began after it ends the wish", async () => {
    const { world, key } = await softWorld();
    world.clock.advance(HOUR / 2);
    await download(world);
    const origin = beforehand(world.origin, "open", () => purgeAs(world, { by: "keys", keys: ["another"] }, true));
    await fill(onlyMessage(world), 1, { ...world, origin });
    expect(await isWanted(world, key)).toBe(false);
  });
});

describe("a soft purge", () => {
  it("says that there was nothing where there is neither copy nor fill", async () => {
    const world = makeWorld();
    expect(await purgeAs(world, { by: "keys", keys: ["nothing"] }, true)).toEqual({
      ...{ done: true, purged: 0, missing: ["nothing"] },
    });
  });

  it("can be repeated, and each time counts from now", async () => {
    const { world, key } = await softWorld();
    await download(world);
    world.clock.advance(SECOND);
    expect(await purgeAs(world, { by: "all" }, true)).toMatchObject({ purged: 1 });
    await fillAll(world);
    expect(await isWanted(world, key)).toBe(true);
    // So long an isolate remembers that it has asked for this very fill.
    world.clock.advance(WORD_COUNTS_MS);
    await download(world);
    await fillAll(world);
    expect(await isWanted(world, key)).toBe(false);
  });
});
