import { afterEach, describe, expect, it, vi } from "vitest";
import { copySource } from "../../src/app/copy-source.ts";
import { purge } from "../../src/app/purge.ts";
import { cachedCopyName, cacheTags } from "../../src/core/cached-copy.ts";
import { objectKey } from "../../src/core/entry.ts";
import type { ByteRange } from "../../src/core/http/byte-range.ts";
import { NOTHING_WITHDRAWN } from "../../src/core/withdrawals.ts";
import type { StoredObject } from "../../src/ports/object-store.ts";
import { fakeEdgeCache } from "../fakes/edge-cache.ts";
import { HEADERS, storedWorld } from "./stored-copy.ts";
import { bodiesOf, watched } from "./watched-store.ts";
import {
  failing,
  fillAll,
  generationOf,
  makeReady,
  makeWorld,
  passingTime,
  reported,
  sourceOf,
  traced,
  URL_A,
  useFakeTimers,
  utf8,
  type World,
  want,
} from "./world.ts";

afterEach(() => {
  vi.useRealTimers();
});

/** A world, the link to its copy, and what was done to the cache and the store, one after the other. */
async function sourceWorld() {
  const { world, link } = await storedWorld();
  const log: string[] = [];
  const { takes } = world.edge;
  const edge = { ...traced("edge", world.edge, log), takes };
  const parts = { ...world, edge, store: traced("store", world.store, log) };
  const open = () => copySource(link, NOTHING_WITHDRAWN, parts);
  return { world, link, log, parts, open, name: cachedCopyName(link.key, link.generation, NOTHING_WITHDRAWN) };
}

async function read(source: ReturnType<typeof copySource>, range: ByteRange | null = null) {
  const found = await source.get(range);
  return found && { from: found.from, size: found.size, text: await new Response(found.body).text() };
}

/** Two requests, the second of which has the copy kept. */
async function warm({ settled }: World, open: () => ReturnType<typeof copySource>): Promise<void> {
  for (let count = 0; count < 2; count += 1) await read(open());
  await settled();
}

const WHOLE = { size: 10, text: "0123456789" };

describe("the bytes of a copy", () => {
  it("come out of the store, which has the cache of this place in front of it", async () => {
    const { open, log } = await sourceWorld();
    expect(await read(open())).toEqual({ ...WHOLE, from: "store" });
    expect(log).toEqual(["edge.get", "store.get"]);
  });

  it("are kept behind the back of the second who asks, by a read of their own, and come from near then", async () => {
    const { world, link, open, log, name } = await sourceWorld();
    await read(open());
    await world.settled();
    expect(world.edge.kept.size).toBe(0);
    log.splice(0);
    expect(await read(open())).toEqual({ ...WHOLE, from: "store" });
    await world.settled();
    expect(log).toEqual(["edge.get", "store.get", "store.get", "edge.put"]);
    expect([...world.edge.kept.keys()]).toEqual([name]);
    expect(world.edge.kept.get(name)).toMatchObject({ size: 10, headers: HEADERS, tags: cacheTags(link.key) });
    log.splice(0);
    expect(await read(open())).toEqual({ ...WHOLE, from: "edge" });
    expect(await read(open(), { offset: 2, length: 3 })).toEqual({ size: 10, text: "234", from: "edge" });
    expect(log).toEqual(["edge.get", "edge.get"]);
  });

  it("are kept whole where only parts of them were asked for", async () => {
    const { world, open, name } = await sourceWorld();
    for (const offset of [1, 2]) await read(open(), { offset, length: 1 });
    await world.settled();
    expect(new TextDecoder().decode(world.edge.kept.get(name)?.bytes)).toBe("0123456789");
  });

  it("are not kept for one request, however many parts it reads", async () => {
    const { world, open } = await sourceWorld();
    const source = open();
    for (const offset of [0, 2, 4]) await read(source, { offset, length: 1 });
    await world.settled();
    expect(world.edge.kept.size).toBe(0);
    await read(open());
    await world.settled();
    expect(world.edge.kept.size).toBe(1);
  });

  it("are kept by one work at a time, however many ask", async () => {
    const { world, open, log } = await sourceWorld();
    await Promise.all([1, 2, 3, 4, 5].map(() => read(open())));
    await world.settled();
    expect(log.filter((call) => call === "edge.put")).toEqual(["edge.put"]);
    expect(log.filter((call) => call === "store.get")).toHaveLength(6);
  });

  it("have nothing kept, and no read more, where the cache would not take them", async () => {
    const { world, link, log, parts } = await sourceWorld();
    const edge = fakeEdgeCache(9);
    for (let count = 0; count < 3; count += 1) await read(copySource(link, NOTHING_WITHDRAWN, { ...parts, edge }));
    await world.settled();
    expect(edge.kept.size).toBe(0);
    expect(log).toEqual(["store.get", "store.get", "store.get"]);
  });

  it("come out of the store alone where there is no cache, or nobody knows what was withdrawn", async () => {
    const { world, link, log, parts, open } = await sourceWorld();
    await warm(world, open);
    log.splice(0);
    for (let count = 0; count < 3; count += 1) {
      expect(await read(copySource(link, null, parts))).toEqual({ ...WHOLE, from: "store" });
      expect(await copySource(link, null, parts).head()).toMatchObject({ from: "store" });
      expect(await read(copySource(link, NOTHING_WITHDRAWN, { ...parts, edge: null }))).toMatchObject(WHOLE);
    }
    await world.settled();
    expect(log.filter((call) => call.startsWith("edge"))).toEqual([]);
  });

  it("come out of the store where the cache fails, which is told", async () => {
    const { world, link, parts } = await sourceWorld();
    const edge = { ...failing(world.edge), takes: () => true };
    const open = () => copySource(link, NOTHING_WITHDRAWN, { ...parts, edge });
    expect(await read(open())).toEqual({ ...WHOLE, from: "store" });
    expect(await open().head()).toEqual({ size: 10, headers: HEADERS, from: "store" });
    expect(reported(world)).toEqual(["edge cache", "edge cache"]);
    expect(await read(open())).toEqual({ ...WHOLE, from: "store" });
    await world.settled();
    expect(reported(world).toSorted()).toEqual(["background", "edge cache", "edge cache", "edge cache"]);
  });

  it("come out of the store where the cache is silent, for which a request waits once; what comes late is let go", async () => {
    const { world, link, parts } = await sourceWorld();
    const late = Promise.withResolvers<StoredObject>();
    const cancelled = Promise.withResolvers<void>();
    const edge = { ...world.edge, get: () => late.promise };
    const source = copySource(link, NOTHING_WITHDRAWN, { ...parts, edge });
    useFakeTimers();
    expect(await passingTime(read(source))).toEqual({ value: { ...WHOLE, from: "store" }, ms: 300 });
    expect(await passingTime(read(source))).toMatchObject({ ms: 0 });
    expect(await passingTime(source.head())).toMatchObject({ value: { from: "store" }, ms: 0 });
    expect(reported(world)).toEqual(["edge cache"]);
    late.resolve({ size: 10, headers: HEADERS, body: new ReadableStream({ cancel: () => cancelled.resolve() }) });
    await cancelled.promise;
  });

  it("go to the client also where the read to keep them fails, or finds nothing any more", async () => {
    const { world, link, parts } = await sourceWorld();
    for (const second of [() => Promise.reject(new Error("the store is down")), async () => null]) {
      let asked = 0;
      const { get } = world.store;
      const store = {
        ...world.store,
        get: (...args: Parameters<typeof get>) => (++asked > 2 ? second() : get(...args)),
      };
      const doorkeeper = { admits: () => asked === 2 };
      const open = () => copySource(link, NOTHING_WITHDRAWN, { ...parts, store, doorkeeper });
      for (let count = 0; count < 2; count += 1) expect(await read(open())).toEqual({ ...WHOLE, from: "store" });
      await world.settled();
      expect(asked).toBe(3);
    }
    expect(world.edge.kept.size).toBe(0);
    expect(reported(world)).toEqual(["background"]);
  });

  it("are nowhere when they are gone, and nothing is kept of them", async () => {
    const { world, link, parts } = await sourceWorld();
    for (let count = 0; count < 3; count += 1) {
      const source = copySource({ ...link, generation: "gone" }, NOTHING_WITHDRAWN, parts);
      expect(await read(source)).toBeNull();
      expect(await source.head()).toBeNull();
    }
    await world.settled();
    expect(world.edge.kept.size).toBe(0);
  });
});

describe("the head of a copy", () => {
  it("comes out of the store, and has nothing kept", async () => {
    const { world, open, log } = await sourceWorld();
    for (let count = 0; count < 3; count += 1) {
      expect(await open().head()).toEqual({ size: 10, headers: HEADERS, from: "store" });
    }
    await world.settled();
    expect(new Set(log)).toEqual(new Set(["edge.get", "store.head"]));
  });

  it("comes from near where the bytes are, and those are let go of", async () => {
    const { world, link, open, log } = await sourceWorld();
    await warm(world, open);
    log.splice(0);
    expect(await open().head()).toEqual({ size: 10, headers: HEADERS, from: "edge" });
    expect(log).toEqual(["edge.get"]);
    const near = watched(world.store);
    const get = () => near.store.get(objectKey(link.key, link.generation), null);
    await copySource(link, NOTHING_WITHDRAWN, { ...world, edge: { ...world.edge, get } }).head();
    expect(bodiesOf(near.reads)).toEqual(["cancelled"]);
  });
});

describe("what the cache of a place holds", () => {
  /** A copy that is kept there, and how an isolate that knows what was withdrawn reads it. */
  async function keptWorld() {
    const world = makeWorld();
    const source = await sourceOf();
    const { key } = source;
    await makeReady(world, source);
    const link = { key, generation: await generationOf(world, key) };
    const open = async (generation = link.generation) =>
      copySource({ key, generation }, await world.withdrawals.read(key.tenant), world);
    for (let count = 0; count < 2; count += 1) await read(await open());
    await world.settled();
    expect(await read(await open())).toMatchObject({ from: "edge", text: "hello" });
    return { world, source, link, open };
  }

  it("is never found again after a purge, though it still lies there", async () => {
    const { world, source, open } = await keptWorld();
    await purge(source.key, "asked", world);
    expect(world.edge.kept.size).toBe(1);
    expect(await read(await open())).toBeNull();
    expect(await (await open()).head()).toBeNull();
  });

  it("is never what a link to a newer copy finds", async () => {
    const { world, source, link, open } = await keptWorld();
    world.origin.answers.set(URL_A, { status: 200, headers: { etag: '"hello-2"' }, body: utf8("newer") });
    await world.ledger.markStale(source.key, link.generation, world.clock.now());
    await want(source, world);
    await fillAll(world);
    const newer = await generationOf(world, source.key);
    expect(newer).not.toBe(link.generation);
    for (const from of ["store", "store", "edge"]) {
      expect(await read(await open(newer))).toMatchObject({ from, text: "newer" });
      await world.settled();
    }
    // Nor does the older link: what was replaced is gone, and its name counts no more.
    expect(await read(await open())).toBeNull();
  });

  it("is found by an isolate that has heard of no purge: who purges waits until none has not", async () => {
    const { world, source, link } = await keptWorld();
    const before = await world.withdrawals.read(source.key.tenant);
    await purge(source.key, "asked", world);
    expect(await read(copySource(link, before, world))).toMatchObject({ from: "edge" });
  });
});
