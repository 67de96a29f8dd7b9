import { describe, expect, it, vi } from "vitest";
import { type Ask, resolve } from "../../src/app/resolve.ts";
import { AWAITED_MS } from "../../src/app/unknown-keys.ts";
import { WORD_COUNTS_MS } from "../../src/core/fills/recent-wishes.ts";
import { UNKNOWN_MS } from "../../src/ports/unknown-nearby.ts";
import { SECOND } from "../core/samples.ts";
import { ask, HIT, MISS } from "./asking.ts";
import { ACME, fillAll, makeWorld, sourceOf, URL_A, type World } from "./world.ts";

/** A place whose index has not heard of anything yet. */
function farFromIndex(): World {
  const world = makeWorld();
  return { ...world, index: { ...world.index, get: async () => null } };
}

const STRANGER: Omit<Ask, "source"> = {
  ...{ tenant: ACME, trusted: false, signed: null, method: "GET", requestId: "r" },
  ...{ credentialed: false, passing: null },
};

const asks = (world: World) => vi.spyOn(world.ledger, "find").mock.calls;

describe("a miss where the index lags", () => {
  it("sees its copy within a second of its making", async () => {
    const world = farFromIndex();
    expect(await ask(world)).toMatchObject({ cacheStatus: MISS });
    await fillAll(world);
    world.clock.advance(AWAITED_MS);
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
  });

  it("sees it however long the fill took, while somebody asks now and then", async () => {
    const world = farFromIndex();
    for (let time = 0; time < 20; time += 1) {
      expect(await ask(world)).toMatchObject({ cacheStatus: MISS });
      world.clock.advance(20 * SECOND);
    }
    await fillAll(world);
    world.clock.advance(AWAITED_MS);
    expect(await ask(world)).toMatchObject({ cacheStatus: HIT });
  });

  it("asks the ledger once a second meanwhile, however many come", async () => {
    const world = farFromIndex();
    const calls = asks(world);
    for (let tenth = 0; tenth < 50; tenth += 1) {
      await Promise.all([ask(world), ask(world)]);
      world.clock.advance(SECOND / 10);
    }
    expect(calls).toHaveLength(5);
  });
});

describe("a thousand first downloads of one object at once", () => {
  it("cost one query, one claim and one message", async () => {
    const world = makeWorld();
    const [find, claims, send] = [asks(world), vi.spyOn(world.gate, "claimMany"), vi.spyOn(world.queue, "send")];
    const source = await sourceOf();
    const asked = Array.from({ length: 1_000 }, () => resolve({ ...STRANGER, source }, world));
    for (const { cacheStatus } of await Promise.all(asked)) expect(cacheStatus).toBe(MISS);
    await world.settled();
    expect([find.length, claims.mock.calls.length, send.mock.calls.length]).toEqual([1, 1, 1]);
    expect(world.queue.messages).toHaveLength(1);
  });
});

describe("a miss of what cannot be stored", () => {
  it("asks the ledger once in half a minute, as soon as the gate has said that nobody fills it", async () => {
    const world = farFromIndex();
    world.origin.answers.set(URL_A, { status: 200, headers: { "cache-control": "no-store" } });
    await ask(world);
    await fillAll(world);
    world.clock.advance(WORD_COUNTS_MS);
    await ask(world);
    const calls = asks(world);
    for (let second = 0; second < UNKNOWN_MS / SECOND - 1; second += 1) {
      world.clock.advance(SECOND);
      await ask(world);
    }
    expect(calls.length).toBeLessThanOrEqual(1);
    expect(world.queue.messages).toEqual([]);
  });
});

describe("a purge", () => {
  it("is followed by a new fill within seconds of the one before", async () => {
    const world = farFromIndex();
    await ask(world);
    await fillAll(world);
    const { key } = await sourceOf();
    const { fence } = await world.gate.revoke(key);
    await world.ledger.purge(key, fence, false, world.clock.now());
    world.clock.advance(WORD_COUNTS_MS);
    expect(await ask(world)).toMatchObject({ cacheStatus: MISS });
    expect(world.queue.messages).toHaveLength(1);
  });
});
