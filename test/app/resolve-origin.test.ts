import { describe, expect, it } from "vitest";
import { HOUR, MINUTE, NOON, presigned, SECOND } from "../core/samples.ts";
import { ask, BYPASS, change, HIT, MISS, OPEN, probes, readyWorld, STALE } from "./asking.ts";
import {
  failing,
  fillAll,
  generationOf,
  HELLO,
  makeReady,
  makeWorld,
  reported,
  sourceOf,
  traced,
  tracesOf,
  URL_A,
  URL_B,
  utf8,
  type World,
} from "./world.ts";

describe("a copy that the origin has changed since", () => {
  it.each([
    ["another ETag", { etag: '"hello-2"' }],
    ["another length", { etag: '"hello-1"', body: "hello!" }],
  ])("is known by %s: the origin serves, and the copy is made anew", async (_, script) => {
    const world = await readyWorld();
    const { key } = await sourceOf();
    const first = await generationOf(world, key);
    world.clock.advance(SECOND);
    change(world, script);
    expect(await ask(world)).toEqual({ location: URL_A, cacheStatus: STALE });
    expect(await world.ledger.find(key)).toMatchObject({ state: "stale", copy: { generation: first } });
    expect(await world.index.get(key)).toMatchObject({ state: "stale" });
    await fillAll(world);
    const second = await generationOf(world, key);
    expect(second).not.toBe(first);
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT, location: expect.stringContaining(second) });
    expect([...world.store.objects.keys()]).toEqual([`acme/${key.id}/${second}`]);
  });

  it("is marked in the ledger before the fill is claimed", async () => {
    const world = await readyWorld();
    world.clock.advance(SECOND);
    change(world, {});
    const log: string[] = [];
    const { ledger, index, gate, queue } = world;
    await ask({
      ...world,
      ledger: traced("ledger", ledger, log),
      index: traced("index", index, log),
      gate: traced("gate", gate, log),
      queue: traced("queue", queue, log),
    });
    const steps = ["ledger.markStale", "index.put", "gate.claimMany", "queue.send"];
    expect(log.filter((step) => steps.includes(step))).toEqual(steps);
  });

  it("goes to the origin until it is made anew, without a further question, as if we held nothing", async () => {
    const world = await readyWorld();
    world.clock.advance(SECOND);
    change(world, {});
    await ask(world);
    expect(await ask(world)).toEqual({ location: URL_A, cacheStatus: MISS });
    expect(probes(world)).toBe(1);
    expect(world.queue.messages).toHaveLength(1);
  });

  it("is told of where the origin is public", async () => {
    const world = await readyWorld(OPEN);
    const { key } = await sourceOf(OPEN);
    await world.ledger.markStale(key, await generationOf(world, key), NOON);
    world.index.entries.clear();
    expect(await ask(world, { url: OPEN })).toEqual({ location: OPEN, cacheStatus: STALE });
    expect(world.queue.messages).toHaveLength(1);
  });

  it("is not called so by a verdict from before it was made", async () => {
    const world = await readyWorld();
    world.clock.advance(SECOND);
    change(world, {});
    await ask(world);
    change(world, { etag: '"hello-3"' });
    world.clock.advance(SECOND);
    await fillAll(world);
    // The remembered verdict says "hello-2"; the copy is of "hello-3".
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
    expect(probes(world)).toBe(1);
    expect(world.queue.messages).toEqual([]);
  });

  it("is not filled when the ledger cannot be told: the fill would find it ready", async () => {
    const world = await readyWorld();
    world.clock.advance(SECOND);
    change(world, {});
    expect(await ask({ ...world, ledger: failing(world.ledger, "markStale") })).toEqual({
      location: URL_A,
      cacheStatus: STALE,
    });
    expect(world.queue.messages).toEqual([]);
    expect(reported(world)).toEqual(["background"]);
  });
});

describe("a URL of which no copy is asked or made", () => {
  it.each([
    ["one that has expired", presigned("https://bucket.s3.amazonaws.com/a.mp4", { date: "20261120T105959Z" })],
    ["one that expires now", presigned("https://bucket.s3.amazonaws.com/a.mp4", { date: "20261120T110000Z" })],
    ["one with signed headers", URL_A.replace("SignedHeaders=host", "SignedHeaders=host%3Bx-amz-meta-a")],
    ["one with dot segments", presigned("https://bucket.s3.amazonaws.com/b/../a.mp4")],
    ["one with encoded dot segments", presigned("https://bucket.s3.amazonaws.com/%2e%2E/a.mp4")],
  ])("is %s: it goes to the origin as it is", async (_, url) => {
    const world = await readyWorld();
    world.origin.answers.set(url, HELLO);
    for (const trusted of [false, true]) {
      expect(await ask(world, { url, trusted })).toEqual({ location: url, cacheStatus: BYPASS });
      expect(await ask(world, { url, trusted, key: "movie" })).toEqual({ location: url, cacheStatus: BYPASS });
    }
    expect(world.queue.messages).toEqual([]);
    expect(world.origin.calls).toEqual([]);
  });

  it("is one of an entry that the tenant wanted gone by now", async () => {
    const world = makeWorld();
    await makeReady(world, await sourceOf(), { expiresAt: NOON + MINUTE });
    world.clock.advance(MINUTE);
    for (const forget of [false, true]) {
      if (forget) world.index.entries.clear();
      expect(await ask(world)).toEqual({ location: URL_A, cacheStatus: MISS });
    }
    expect(world.queue.messages).toEqual([]);
  });
});

describe("a copy whose moment has come", () => {
  async function endingWorld() {
    const world = makeWorld();
    const source = await sourceOf();
    await makeReady(world, source, { expiresAt: NOON + MINUTE });
    world.clock.advance(MINUTE);
    return { world, key: source.key };
  }

  it("is taken away by whoever comes first, behind their back, and not made again", async () => {
    const { world, key } = await endingWorld();
    expect(await ask(world)).toEqual({ location: URL_A, cacheStatus: MISS });
    expect(tracesOf(world, key)).toEqual([]);
    expect(await ask(world)).toEqual({ location: URL_A, cacheStatus: MISS });
    expect(world.queue.messages).toEqual([]);
  });

  it("is not served while it cannot be taken away", async () => {
    const { world } = await endingWorld();
    expect(await ask({ ...world, store: failing(world.store) })).toEqual({ location: URL_A, cacheStatus: MISS });
    expect(reported(world)).toEqual(["background"]);
  });

  it("stays when the tenant has moved that moment, and only the index has not heard yet", async () => {
    const { world, key } = await endingWorld();
    const old = structuredClone(world.index.entries);
    await world.ledger.adopt([{ key, expiresAt: NOON + HOUR, tags: [] }], world.clock.now());
    for (const [name, entry] of old) world.index.entries.set(name, entry);
    await ask(world);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", expiresAt: NOON + HOUR });
    expect(world.store.objects.size).toBe(1);
  });
});

describe("a key of the caller's own", () => {
  async function movieWorld(): Promise<World> {
    const world = makeWorld();
    await makeReady(world, await sourceOf(URL_A, "movie"), { trusted: true });
    return world;
  }

  it("is a hit for the object that it is bound to", async () => {
    expect(await ask(await movieWorld(), { key: "movie" })).toMatchObject({ cacheStatus: HIT });
  });

  it("takes a stranger with another object to the origin, and is not filled", async () => {
    const world = await movieWorld();
    expect(await ask(world, { key: "movie", url: URL_B })).toEqual({ location: URL_B, cacheStatus: MISS });
    expect(world.queue.messages).toEqual([]);
    expect(await ask(world, { key: "movie" })).toMatchObject({ cacheStatus: HIT });
  });

  it("under the public key of another's entry goes to the origin, and is not filled for a known caller either", async () => {
    const world = makeWorld();
    const { publicKey } = await sourceOf(URL_A);
    for (const trusted of [false, true]) {
      expect(await ask(world, { key: publicKey, url: URL_B, trusted })).toEqual({
        location: URL_B,
        cacheStatus: BYPASS,
      });
    }
    expect(world.queue.messages).toEqual([]);
  });

  it("never hands one object's bytes to who asks for another, public or not", async () => {
    const world = await readyWorld();
    const other = "https://files.example.com/open/b.mp4";
    await makeReady(world, await sourceOf(OPEN, "movie"), { trusted: true });
    expect(await ask(world, { key: "movie", url: other })).toEqual({ location: other, cacheStatus: MISS });
  });

  it("is bound anew by a caller that we know", async () => {
    const world = await movieWorld();
    expect(await ask(world, { key: "movie", url: URL_B, trusted: true })).toEqual({
      location: URL_B,
      cacheStatus: MISS,
    });
    expect(world.queue.messages).toMatchObject([{ publicKey: "movie", trusted: true }]);
    await fillAll(world);
    expect(await ask(world, { key: "movie", url: URL_B })).toMatchObject({ cacheStatus: HIT });
    expect(await ask(world, { key: "movie" })).toEqual({ location: URL_A, cacheStatus: MISS });
    expect([...world.store.objects.values()].map(({ bytes }) => bytes)).toEqual([utf8("other")]);
  });
});

describe("the way to the origin", () => {
  it.each([
    ["as it came", "https://bucket.s3.amazonaws.com/a//b/%2F+%20?x=%7e&y=a%2Bb&&z=#".slice(0, -1), undefined],
    [
      "with what is not ASCII encoded, as clients do",
      "https://bucket.s3.amazonaws.com/é/日%20本?q=ü",
      "https://bucket.s3.amazonaws.com/%C3%A9/%E6%97%A5%20%E6%9C%AC?q=%C3%BC",
    ],
  ])("is %s, byte for byte", async (_, url, location = url) => {
    expect((await ask(makeWorld(), { url })).location).toBe(location);
  });
});
