import { describe, expect, it } from "vitest";
import { fill } from "../../src/app/fill.ts";
import { MINUTE, NOON, SECOND } from "../core/samples.ts";
import type { OriginScript } from "../fakes/origin.ts";
import { ask, HIT, OPEN, STALE } from "./asking.ts";
import { DONE, text, version } from "./wanted.ts";
import { fillAll, HELLO, makeReady, makeWorld, onlyMessage, sourceOf, URL_A, want } from "./world.ts";

const fresh = (control: string): OriginScript => ({
  ...HELLO,
  headers: { ...HELLO.headers, "cache-control": control },
});

/** A world that has filled this from an origin that is no object store. */
async function filledFrom(script: OriginScript, url = OPEN) {
  const world = makeWorld();
  world.origin.answers.set(url, script);
  const source = await sourceOf(url);
  const entry = await makeReady(world, source);
  world.origin.calls.splice(0);
  return { world, source, key: source.key, copy: entry.copy };
}

/** As {@link filledFrom} for a minute, two minutes ago; a fill is wanted, and the origin says this now. */
async function staleWorld(script: OriginScript) {
  const made = await filledFrom(fresh("max-age=60"));
  made.world.clock.advance(2 * MINUTE);
  made.world.origin.answers.set(OPEN, script);
  await want(made.source, made.world);
  return { ...made, message: onlyMessage(made.world) };
}

describe("how long a copy is fresh", () => {
  it.each([
    ["max-age", { "cache-control": "max-age=60" }, NOON + MINUTE],
    ["s-maxage, before max-age", { "cache-control": "max-age=5, s-maxage=60" }, NOON + MINUTE],
    ["Expires", { expires: "Fri, 20 Nov 2026 12:01:00 GMT" }, NOON + MINUTE],
    ["max-age, of which some has passed", { "cache-control": "max-age=60", age: "20" }, NOON + 40 * SECOND],
    ["nothing", {}, null],
  ])("is said by the origin: %s", async (_, headers, freshUntil) => {
    const { world, key, copy } = await filledFrom({ ...HELLO, headers: { ...HELLO.headers, ...headers } });
    expect(copy.freshUntil).toBe(freshUntil);
    expect(await world.index.get(key)).toMatchObject({ copy: { freshUntil } });
  });

  it.each(["max-age=60", "max-age=0", "private, max-age=0", "no-cache"])(
    "is not said by an object store: identity and probes tell (%s)",
    async (control) => {
      const { copy } = await filledFrom(fresh(control), URL_A);
      expect(copy.freshUntil).toBeNull();
    },
  );

  it.each(["max-age=0", "no-cache", "private", "no-store"])(
    "of an origin that says %s is no time at all",
    async (control) => {
      const world = makeWorld();
      world.origin.answers.set(OPEN, fresh(control));
      const source = await sourceOf(OPEN);
      await want(source, world);
      await fillAll(world);
      expect(await world.ledger.find(source.key)).toMatchObject({ state: "failed", failure: { code: "NOT_STORABLE" } });
      expect(world.store.objects.size).toBe(0);
    },
  );
});

describe("a copy that is fresh no more", () => {
  it("is not handed over, and asked for again by whoever comes by", async () => {
    const { world } = await filledFrom(fresh("max-age=60"));
    expect(await ask(world, { url: OPEN })).toMatchObject({ cacheStatus: HIT });
    world.clock.advance(MINUTE);
    expect(await ask(world, { url: OPEN })).toEqual({ location: OPEN, cacheStatus: STALE });
    expect(world.queue.messages).toHaveLength(1);
  });

  it("is asked for with its ETag; when that is what the origin still has, it is fresh again without a transfer", async () => {
    const { world, key, copy, message } = await staleWorld(fresh("max-age=60"));
    expect(await fill(message, 1, world)).toEqual(DONE);
    expect(world.origin.calls).toEqual([{ what: "open", url: OPEN, fields: { ifNoneMatch: '"hello-1"' } }]);
    const again = { state: "ready", copy: { ...copy, freshUntil: world.clock.now() + MINUTE } };
    expect(await world.ledger.find(key)).toMatchObject(again);
    expect(await world.index.get(key)).toMatchObject(again);
    expect(await ask(world, { url: OPEN })).toMatchObject({ cacheStatus: HIT });
  });

  it("is fresh for as long as the 304 says, where it says so", async () => {
    const { world, key, message } = await staleWorld({ status: 304, headers: { "cache-control": "max-age=10" } });
    await fill(message, 1, world);
    expect(await world.ledger.find(key)).toMatchObject({ copy: { freshUntil: world.clock.now() + 10 * SECOND } });
  });

  it("is made anew when the origin has another", async () => {
    const { world, key, copy, message } = await staleWorld(version("newer"));
    expect(await fill(message, 1, world)).toEqual(DONE);
    expect([...world.store.objects.values()].map(({ bytes }) => text(bytes))).toEqual(["newer"]);
    const entry = await world.ledger.find(key);
    expect(entry).toMatchObject({ state: "ready", copy: { originEtag: '"newer"', freshUntil: null } });
    expect(entry?.copy?.generation).not.toBe(copy.generation);
  });

  it("stays, and stays old, when the origin has an error", async () => {
    const { world, key, copy, message } = await staleWorld({ status: 500 });
    expect(await fill(message, 1, world)).toEqual({ retryInSeconds: 1 });
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready", copy });
    expect(await ask(world, { url: OPEN })).toMatchObject({ location: OPEN, cacheStatus: STALE });
  });

  it("and never had an ETag is fetched whole", async () => {
    const bare: OriginScript = { ...HELLO, headers: { "cache-control": "max-age=60" } };
    const { world, source } = await filledFrom(bare);
    world.clock.advance(2 * MINUTE);
    await want(source, world);
    await fillAll(world);
    expect(world.origin.calls).toEqual([{ what: "open", url: OPEN, fields: {} }]);
    expect(world.store.objects.size).toBe(1);
  });

  it("and is known to be another version is fetched whole: its ETag has proved nothing", async () => {
    const { world, source, key, copy } = await filledFrom(fresh("max-age=60"));
    await world.ledger.markStale(key, copy.generation, world.clock.now());
    await want(source, world);
    await fillAll(world);
    expect(world.origin.calls).toEqual([{ what: "open", url: OPEN, fields: {} }]);
    expect(await world.ledger.find(key)).toMatchObject({ state: "ready" });
  });

  it("is not asked for while it is fresh", async () => {
    const { world, source } = await filledFrom(fresh("max-age=60"));
    world.clock.advance(MINUTE - 1);
    await want(source, world);
    await fillAll(world);
    expect(world.origin.calls).toEqual([]);
  });
});

it("a 304 that nobody asked for is no answer", async () => {
  const world = makeWorld();
  world.origin.answers.set(OPEN, { status: 304 });
  const source = await sourceOf(OPEN);
  await want(source, world);
  await fillAll(world);
  expect(await world.ledger.find(source.key)).toMatchObject({ state: "failed", failure: { code: "ORIGIN_STATUS" } });
});
