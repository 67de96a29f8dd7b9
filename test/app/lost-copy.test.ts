import { describe, expect, it } from "vitest";
import { purge } from "../../src/app/purge.ts";
import { COPY_LOST, objectKey } from "../../src/core/entry.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { NOON } from "../core/samples.ts";
import { ask as download, HIT, MISS, readyWorld } from "./asking.ts";
import { linkTo } from "./delivered.ts";
import { knowing } from "./knowing.ts";
import { withdrawnTimes } from "./purging.ts";
import { type Asked, ask } from "./stored-copy.ts";
import { failing, fillAll, generationOf, hanging, reported, sourceOf, URL_A, type World, want } from "./world.ts";

/** An entry that ledger and index tell of, and whose bytes the store has lost. */
async function lostWorld() {
  const world = await readyWorld();
  const { key } = await sourceOf();
  const generation = await generationOf(world, key);
  const link = linkTo({ key, generation, originUrl: URL_A, size: 5 });
  world.store.objects.delete(objectKey(key, generation));
  return { world, key, link };
}

/** The world, whose log of what was withdrawn takes nothing in. */
function withoutLog(world: World): World {
  const notePurges = () => Promise.reject(new Error("the log is down"));
  return { ...world, withdrawals: { ...world.withdrawals, notePurges } };
}

const SENT = { location: URL_A, cors: null };

describe("a copy that the store has lost", () => {
  it.each<[string, Asked]>([
    ["whole", {}],
    ["in part", { headers: { Range: "bytes=0-1" } }],
    ["in several parts", { headers: { Range: "bytes=0-0,2-2" } }],
    ["by its head", { method: "HEAD" }],
    ["by news of it", { headers: { "If-None-Match": '"v0"' } }],
  ])("is forgotten once somebody asks for it %s, and the next download has it filled", async (_, asked) => {
    const { world, key, link } = await lostWorld();
    expect(await ask(world, link, asked)).toEqual(SENT);
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ state: "failed", copy: null, failure: COPY_LOST });
    expect(world.index.entries.has(keyText(key))).toBe(false);
    expect(await download(world)).toMatchObject({ location: URL_A, cacheStatus: MISS });
    await fillAll(world);
    expect(await download(world)).toMatchObject({ cacheStatus: HIT });
    expect(await generationOf(world, key)).not.toBe(link.generation);
    expect(world.reports).toEqual([]);
  });

  it("is forgotten, too, when it goes between the look at its head and its bytes", async () => {
    const { world, key, link } = await lostWorld();
    const headers = { contentType: null, contentEncoding: null, contentLanguage: null, contentDisposition: null };
    const head = async () => ({
      size: 5,
      headers: { ...headers, cacheControl: null, etag: '"v1"', lastModified: null },
    });
    const store = { ...world.store, head };
    expect(await ask({ ...world, store }, link, { headers: { "If-None-Match": '"v0"' } })).toEqual(SENT);
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ failure: COPY_LOST });
  });

  it("takes with it what caches hold, while the ledger still knows: a purge that broke off relies on it", async () => {
    const { world, key, link } = await lostWorld();
    const broken = withoutLog(world);
    await expect(purge(key, "asked", broken)).rejects.toThrow();
    await ask(broken, link);
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ copy: { generation: link.generation } });
    await ask(world, link);
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ failure: COPY_LOST });
    expect(await withdrawnTimes(world, key)).toBe(1);
  });

  it("is found by nobody any more in the cache of a place once a purge that broke off was repeated", async () => {
    const world = knowing(await readyWorld());
    const { key } = await sourceOf();
    const link = linkTo({ key, generation: await generationOf(world, key), originUrl: URL_A, size: 5 });
    for (let count = 0; count < 2; count += 1) await ask(world, link);
    await world.settled();
    expect(world.edge.kept.size).toBe(1);
    const broken = withoutLog(world);
    await expect(purge(key, "asked", broken)).rejects.toThrow();
    // Somebody far away, whose cache has not the copy.
    expect(await ask({ ...world, edge: null }, link)).toEqual(SENT);
    await world.settled();
    await purge(key, "asked", world);
    expect(await ask(world, link)).toEqual(SENT);
  });

  it("keeps no client waiting, whatever the ledger does", async () => {
    const { world, link } = await lostWorld();
    expect(await ask({ ...world, ledger: hanging(world.ledger) }, link)).toEqual(SENT);
    expect(reported(world)).toEqual([]);
  });

  it("is noted by whoever asks next when the ledger failed, which is told", async () => {
    const { world, key, link } = await lostWorld();
    await ask({ ...world, ledger: failing(world.ledger, "lose") }, link);
    await world.settled();
    expect(reported(world)).toEqual(["background"]);
    await ask(world, link);
    await world.settled();
    expect(await world.ledger.find(key)).toMatchObject({ failure: COPY_LOST });
  });
});

describe("a link to what is not there any more", () => {
  it("changes nothing where another copy has taken its place", async () => {
    const { world, key, link } = await lostWorld();
    await world.ledger.markStale(key, link.generation, NOON);
    await want(await sourceOf(), world);
    await fillAll(world);
    const [before, index] = [await world.ledger.find(key), world.index.entries.get(keyText(key))];
    expect(before).toMatchObject({ state: "ready" });
    expect(await ask(world, link)).toEqual(SENT);
    await world.settled();
    expect(await world.ledger.find(key)).toEqual(before);
    expect(world.index.entries.get(keyText(key))).toEqual(index);
  });

  it("changes nothing after a purge, nor of an entry that nobody knows", async () => {
    const { world, key, link } = await lostWorld();
    await purge(key, "asked", world);
    const before = await world.ledger.find(key);
    const times = await withdrawnTimes(world, key);
    const { key: other } = await sourceOf(URL_A, "movie");
    for (const one of [link, { ...link, key: other }]) expect(await ask(world, one)).toEqual(SENT);
    await world.settled();
    expect(await world.ledger.find(key)).toEqual(before);
    expect(await world.ledger.find(other)).toBeNull();
    expect(await withdrawnTimes(world, key)).toBe(times);
    expect(world.reports).toEqual([]);
  });
});
