import { describe, expect, it } from "vitest";
import { purge } from "../../src/app/purge.ts";
import { noteWithdrawn, untilWithdrawn } from "../../src/app/withdraw.ts";
import { entryKeyOf } from "../../src/core/entry-key.ts";
import { purgeShard } from "../../src/core/withdrawals.ts";
import { WITHDRAWN_AFTER_MS } from "../../src/ports/withdrawals.ts";
import { tenantId } from "../core/samples.ts";
import { answered, linkTo } from "./delivered.ts";
import {
  beforehand,
  fillAll,
  HELLO,
  makeReady,
  makeWorld,
  reported,
  sourceOf,
  traced,
  tracesOf,
  URL_A,
  utf8,
  want,
} from "./world.ts";

const [ACME, OTHER] = [tenantId("acme"), tenantId("other")];
const key = (first: string, tenant = ACME) => entryKeyOf(tenant, first.padEnd(43, "x"));

describe("what caches keep of entries", () => {
  it("is withdrawn by their shards, once for each tenant", async () => {
    const { withdrawals } = makeWorld();
    const log: string[] = [];
    const keys = [key("A1"), key("A2"), key("B1"), key("A1", OTHER)];
    await noteWithdrawn(keys, { withdrawals: traced("log", withdrawals, log) });
    expect(log).toEqual(["log.notePurges", "log.notePurges"]);
    const [mine, others] = [await withdrawals.read(ACME), await withdrawals.read(OTHER)];
    expect(mine.purges.filter((count) => count > 0)).toEqual([1, 1]);
    expect([mine.purges[purgeShard(key("A"))], mine.purges[purgeShard(key("B"))]]).toEqual([1, 1]);
    expect(others.purges.filter((count) => count > 0)).toEqual([1]);
  });

  it("of no entries is nothing to be told", async () => {
    const log: string[] = [];
    await noteWithdrawn([], { withdrawals: traced("log", makeWorld().withdrawals, log) });
    expect(log).toEqual([]);
  });

  it("is waited for where there is such a cache, and only there", async () => {
    const world = makeWorld();
    await untilWithdrawn([], world);
    await untilWithdrawn([], { ...world, edgeCached: false });
    expect(world.pauses).toEqual([WITHDRAWN_AFTER_MS]);
  });

  it("goes from the network by a hundred tags a call, and a call that fails is reported", async () => {
    const world = makeWorld();
    const tags = Array.from({ length: 250 }, (_, at) => `tag-${at}`);
    await untilWithdrawn(tags, world);
    expect(world.cdn.calls.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(world.cdn.calls.flat()).toEqual(tags);
    let calls = 0;
    const purgeTags = async () => {
      calls += 1;
      if (calls === 2) throw new Error("429");
    };
    await untilWithdrawn(tags, { ...world, cdn: { purgeTags } });
    expect([calls, reported(world)]).toEqual([3, ["cdn"]]);
    await untilWithdrawn(tags, { ...world, cdn: null });
  });
});

describe("a copy that is superseded", () => {
  it("is withdrawn once its object is gone, and nobody waits for that", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    const { copy } = await makeReady(world, source);
    await world.ledger.markStale(source.key, copy.generation, world.clock.now());
    world.origin.answers.set(URL_A, { ...HELLO, headers: { etag: '"hello-2"' }, body: utf8("newer") });
    await want(source, world);
    const log: string[] = [];
    const parts = { store: traced("store", world.store, log), withdrawals: traced("log", world.withdrawals, log) };
    await fillAll({ ...world, ...parts });
    expect(log.slice(-2)).toEqual(["store.delete", "log.notePurges"]);
    expect((await world.withdrawals.read(source.key.tenant)).purges[purgeShard(source.key)]).toBe(1);
    expect(world.pauses).toEqual([]);
  });

  it("is gone, whatever the index does: a purge from then on finds nothing of it", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    const { key, copy } = await makeReady(world, source);
    await world.ledger.markStale(key, copy.generation, world.clock.now());
    await want(source, world);
    const [asked, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const index = beforehand(world.index, "put", async () => {
      asked.resolve();
      await goOn.promise;
    });
    const filling = fillAll({ ...world, index });
    await asked.promise;
    await purge(key, "asked", world);
    expect(await answered(world, linkTo({ key, generation: copy.generation, originUrl: URL_A }))).toBe(URL_A);
    goOn.resolve();
    await filling;
    expect(tracesOf(world, key)).toEqual([]);
  });

  it("by one of another object under the same key is withdrawn as well", async () => {
    const world = makeWorld();
    const [first, second] = [await sourceOf(URL_A, "movie"), await sourceOf(URL_A.replace("a.mp4", "b.mp4"), "movie")];
    await makeReady(world, first, { trusted: true });
    world.clock.advance(1000);
    await want(second, world, { trusted: true });
    await fillAll(world);
    expect((await world.withdrawals.read(first.key.tenant)).purges[purgeShard(first.key)]).toBeGreaterThan(0);
  });

  it("was none where a first copy comes", async () => {
    const world = makeWorld();
    const source = await sourceOf();
    await makeReady(world, source);
    expect((await world.withdrawals.read(source.key.tenant)).purges[purgeShard(source.key)]).toBe(0);
  });
});
