import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { LEDGER_BUDGET_MS } from "../../src/app/ask-ledger.ts";
import { INDEX_BUDGET_MS, type LookUpParts, lookUp } from "../../src/app/look-up.ts";
import { unknownKeys } from "../../src/app/unknown-keys.ts";
import { type IndexEntry, indexEntryOf, type LedgerEntry } from "../../src/core/entry.ts";
import { entryKeyOf, keyText } from "../../src/core/entry-key.ts";
import { LATE_IN_A_ROW, MOST_UNHEARD } from "../../src/core/patience.ts";
import { UNLUCKY_AFTER } from "../../src/core/recent-luck.ts";
import { UNKNOWN_MS } from "../../src/ports/unknown-nearby.ts";
import { copyOf, noteOf } from "../contracts/notes.ts";
import { HOUR, heldEntry, NOON, SECOND } from "../core/samples.ts";
import { fakeUnknownNearby } from "../fakes/unknown-nearby.ts";
import {
  ACME,
  beforehand,
  failing,
  hanging,
  makeWorld,
  passingTime,
  reported,
  useFakeTimers,
  type World,
} from "./world.ts";

const KEY = entryKeyOf(ACME.id, "a".repeat(43));

beforeEach(useFakeTimers);
afterEach(() => {
  vi.useRealTimers();
});

/** A world whose ledger knows {@link KEY} as ready, and what the index should learn of it. */
async function readyWorld(changes: Parameters<typeof noteOf>[1] = {}) {
  const world = makeWorld();
  await world.ledger.noteFills([noteOf(KEY, changes)], NOON);
  await world.ledger.publish(KEY, 1, copyOf("g1"), NOON);
  const entry = await world.ledger.find(KEY);
  return { world, entry: indexEntryOf(entry as LedgerEntry, NOON) };
}

const indexed = ({ index }: World) => index.entries.get(keyText(KEY));

/** Asks, and tells what was answered, what came late, and how long the caller waited. */
async function ask(world: World, parts: Partial<LookUpParts> = {}) {
  const late = vi.fn(async () => {});
  const { value, ms } = await passingTime(lookUp(KEY, { ...world, ...parts }, late));
  return { value, ms, late };
}

describe("a look-up", () => {
  it("takes the index's word and does not ask the ledger", async () => {
    const world = makeWorld();
    const entry = heldEntry();
    await world.index.put(KEY, entry);
    const { value, late } = await ask(world, { ledger: failing(world.ledger) });
    expect(value).toEqual(entry);
    expect(world.reports).toEqual([]);
    expect(late).not.toHaveBeenCalled();
  });

  it("asks the ledger for what the index does not have, and teaches the index", async () => {
    const { world, entry } = await readyWorld();
    expect(await ask(world)).toMatchObject({ value: entry, ms: 0 });
    await world.settled();
    expect(indexed(world)).toEqual(entry);
  });

  it("does not wait for the index to learn, nor fail when it cannot", async () => {
    const { world, entry } = await readyWorld();
    expect(await ask(world, { index: hanging(world.index, "put") })).toMatchObject({ value: entry, ms: 0 });
    expect(await ask(world, { index: failing(world.index, "put") })).toMatchObject({ value: entry, ms: 0 });
  });

  it("of what is not there is null, and teaches nothing", async () => {
    const world = makeWorld();
    expect(await ask(world)).toMatchObject({ value: null });
    await world.settled();
    expect(world.index.entries.size).toBe(0);
  });

  it.each(["filling", "purged", "failed"])("of an entry that is %s is null", async (state) => {
    const { world } = await readyWorld();
    if (state === "purged") await world.ledger.purge(KEY, 2, false, NOON);
    else await world.ledger.noteFills([noteOf(KEY, { fence: 2, boundTo: "object-2" })], NOON);
    if (state === "failed") await world.ledger.fail(KEY, 2, { code: "X", message: "x" }, true, NOON);
    expect(await world.ledger.find(KEY)).toMatchObject({ state });
    expect(await ask(world)).toMatchObject({ value: null });
  });

  it("tells, and teaches, that an entry has expired", async () => {
    const { world } = await readyWorld({ expiresAt: NOON + HOUR });
    world.clock.set(NOON + HOUR);
    expect(await ask(world)).toMatchObject({ value: { state: "expired" } });
    await world.settled();
    expect(indexed(world)).toEqual({ state: "expired" });
  });

  it("goes on to the ledger at once when the index fails", async () => {
    const { world, entry } = await readyWorld();
    expect(await ask(world, { index: failing(world.index, "get") })).toMatchObject({ value: entry, ms: 0 });
    expect(reported(world)).toEqual(["index"]);
    await world.settled();
    expect(indexed(world)).toEqual(entry);
  });

  it("goes on to the ledger after the budget when the index hangs", async () => {
    const { world, entry } = await readyWorld();
    const answer = await ask(world, { index: hanging(world.index, "get") });
    expect(answer).toMatchObject({ value: entry, ms: INDEX_BUDGET_MS });
    expect(reported(world)).toEqual(["index"]);
  });

  it("does not know what nobody can tell it", async () => {
    const world = makeWorld();
    const { value, late } = await ask(world, { index: failing(world.index), ledger: failing(world.ledger) });
    await world.settled();
    expect(value).toBeUndefined();
    expect(late).not.toHaveBeenCalled();
    expect(reported(world)).toEqual(["index", "ledger", "background"]);
  });

  it("never waits longer than both budgets", async () => {
    const world = makeWorld();
    const { value, ms } = await ask(world, { index: hanging(world.index), ledger: hanging(world.ledger) });
    expect(value).toBeUndefined();
    expect(ms).toBe(INDEX_BUDGET_MS + LEDGER_BUDGET_MS);
    expect(ms).toBeLessThanOrEqual(90);
  });

  it("asks the ledger once, also when its answer is late", async () => {
    const { world } = await readyWorld();
    const find = vi.fn(() => new Promise<never>(() => {}));
    await ask(world, { ledger: { ...world.ledger, find } });
    expect(find).toHaveBeenCalledOnce();
  });
});

describe("a crowd that looks for one entry", () => {
  const crowd = (world: World, parts: Partial<LookUpParts>, late: () => Promise<void>) =>
    Array.from({ length: 100 }, () => lookUp(KEY, { ...world, ...parts }, late));

  it("asks the ledger once, and teaches the index once", async () => {
    const { world, entry } = await readyWorld();
    const [find, put] = [vi.spyOn(world.ledger, "find"), vi.spyOn(world.index, "put")];
    for (const found of await Promise.all(crowd(world, {}, async () => {}))) expect(found).toEqual(entry);
    // And once more after the index has learnt.
    await world.settled();
    expect([find.mock.calls.length, put.mock.calls.length]).toEqual([2, 1]);
  });

  it("asks the ledger once for what nobody knows, and then not for half a minute", async () => {
    const world = makeWorld();
    const find = vi.spyOn(world.ledger, "find");
    await Promise.all(crowd(world, {}, async () => {}));
    world.clock.advance(UNKNOWN_MS - 1);
    await Promise.all(crowd(world, {}, async () => {}));
    expect(find).toHaveBeenCalledOnce();
    world.clock.advance(1);
    await Promise.all(crowd(world, {}, async () => {}));
    expect(find).toHaveBeenCalledTimes(2);
  });

  it("has one report and one afterthought of a ledger that fails it", async () => {
    const world = makeWorld();
    const late = vi.fn(async () => {});
    const ledger = failing(world.ledger);
    expect(new Set(await Promise.all(crowd(world, { ledger }, late)))).toEqual(new Set([undefined]));
    await world.settled();
    expect(reported(world)).toEqual(["ledger", "background"]);
    expect(await ask(world)).toMatchObject({ value: null });
  });

  it("is held up by none of it whose request the runtime drops", async () => {
    const { world, entry } = await readyWorld();
    void lookUp(KEY, { ...world, ledger: hanging(world.ledger) }, async () => {});
    const asked = passingTime(Promise.all(crowd(world, {}, async () => {})));
    const { value, ms } = await asked;
    expect(ms).toBeLessThanOrEqual(LEDGER_BUDGET_MS);
    for (const found of value) expect(found ?? entry).toEqual(entry);
    world.clock.advance(LEDGER_BUDGET_MS);
    expect(await ask(world)).toMatchObject({ value: entry });
  });
});

describe("a purge between the ledger's word and the index's lesson", () => {
  it("leaves nothing in the index that is gone", async () => {
    const { world } = await readyWorld();
    const purged = async () => {
      await world.ledger.purge(KEY, 2, false, NOON);
      await world.index.remove(KEY);
    };
    await ask(world, { index: beforehand(world.index, "put", purged) });
    await world.settled();
    expect(indexed(world)).toBeUndefined();
  });
});

describe("a ledger that answers late", () => {
  /** The ledger answers one ms after its budget. */
  function lateLedger({ ledger }: World): World["ledger"] {
    return {
      ...ledger,
      find: async (key) => {
        await new Promise((resolve) => setTimeout(resolve, LEDGER_BUDGET_MS + 1));
        return await ledger.find(key);
      },
    };
  }

  it("teaches the index, and the caller's afterthought gets its entry", async () => {
    const { world, entry } = await readyWorld();
    const { value, ms, late } = await ask(world, { ledger: lateLedger(world) });
    expect({ value, ms }).toEqual({ value: undefined, ms: LEDGER_BUDGET_MS });
    expect(late).not.toHaveBeenCalled();
    await passingTime(world.settled());
    expect(late).toHaveBeenCalledExactlyOnceWith(entry);
    expect(indexed(world)).toEqual(entry);
  });

  it("tells the afterthought that there is nothing, too", async () => {
    const world = makeWorld();
    const { late } = await ask(world, { ledger: lateLedger(world) });
    await passingTime(world.settled());
    expect(late).toHaveBeenCalledExactlyOnceWith(null);
    expect(world.index.entries.size).toBe(0);
  });

  it("has its afterthought also when the index cannot learn", async () => {
    const { world, entry } = await readyWorld();
    const { late } = await ask(world, { ledger: lateLedger(world), index: failing(world.index) });
    await passingTime(world.settled());
    expect(late).toHaveBeenCalledExactlyOnceWith(entry);
    expect(reported(world)).toEqual(["index", "ledger", "background"]);
  });

  it("disturbs nobody when the afterthought fails", async () => {
    const { world } = await readyWorld();
    const parts = { ...world, ledger: lateLedger(world) };
    await passingTime(lookUp(KEY, parts, () => Promise.reject(new Error("no"))));
    await passingTime(world.settled());
    expect(reported(world)).toEqual(["ledger", "background"]);
  });
});

describe("a ledger that was too slow again and again", () => {
  /** Another key each time: what nobody knows is not asked about again. */
  const keyOf = (number: number) => entryKeyOf(ACME.id, String(number).padStart(43, "k"));

  /** A world whose ledger takes this long, in ms, by the same clock as the timers. */
  function slowWorld(state = { ms: 200 }) {
    const world = makeWorld();
    const clock = { now: () => Date.now() };
    const find = vi.fn(async (key: typeof KEY) => {
      if (state.ms > 0) await new Promise((resolve) => setTimeout(resolve, state.ms));
      return await world.ledger.find(key);
    });
    const unknown = unknownKeys({ nearby: fakeUnknownNearby(world.clock), clock, inBackground: world.inBackground });
    const parts = { ...world, clock, unknown, ledger: { ...world.ledger, find } };
    const late = vi.fn(async (_: IndexEntry | null) => {});
    const look = (key = KEY) => passingTime(lookUp(key, parts, late));
    return { world, state, find, late, look };
  }

  /** The same once nobody waits for it any more. */
  async function lost() {
    const slow = slowWorld();
    for (let time = 0; time < LATE_IN_A_ROW; time += 1) {
      expect(await slow.look(keyOf(time))).toMatchObject({ value: undefined, ms: LEDGER_BUDGET_MS });
      await vi.advanceTimersByTimeAsync(1);
    }
    return slow;
  }

  it("is not waited for, and its answer is remembered all the same", async () => {
    const { look, late, find } = await lost();
    expect(await look()).toMatchObject({ value: undefined, ms: 0 });
    await vi.advanceTimersByTimeAsync(200);
    expect(late).toHaveBeenLastCalledWith(null);
    const asked = find.mock.calls.length;
    expect(await look()).toMatchObject({ value: null, ms: 0 });
    expect(find).toHaveBeenCalledTimes(asked);
  });

  it("teaches the index what it alone knows, so that the next download finds it", async () => {
    const { world, look, late } = await lost();
    await world.ledger.noteFills([noteOf(KEY)], NOON);
    await world.ledger.publish(KEY, 1, copyOf("g1"), NOON);
    expect(await look()).toMatchObject({ value: undefined, ms: 0 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(late).toHaveBeenLastCalledWith(expect.objectContaining({ state: "ready" }));
    expect(await look()).toMatchObject({ value: { state: "ready" }, ms: 0 });
  });

  it("is waited for again as soon as it has answered quickly", async () => {
    const { world, state, look } = await lost();
    state.ms = 0;
    await look(keyOf(10));
    await vi.advanceTimersByTimeAsync(1);
    await world.ledger.noteFills([noteOf(KEY)], NOON);
    await world.ledger.publish(KEY, 1, copyOf("g1"), NOON);
    expect(await look()).toMatchObject({ value: { state: "ready" } });
  });

  it("is asked by few at a time, and by one for each key", async () => {
    const { look, find } = await lost();
    const before = find.mock.calls.length;
    for (let time = 0; time < 10; time += 1) expect(await look()).toMatchObject({ value: undefined, ms: 0 });
    expect(find).toHaveBeenCalledTimes(before + 1);
    for (let time = 0; time < 100; time += 1) await look(keyOf(100 + time));
    expect(find).toHaveBeenCalledTimes(before + MOST_UNHEARD);
    await vi.advanceTimersByTimeAsync(200);
    await look(keyOf(999));
    expect(find).toHaveBeenCalledTimes(before + MOST_UNHEARD + 1);
  });
});

describe("a tenant of whom the index has known nothing for a while", () => {
  /** Somebody looks for what the ledger knows, and the index answers when it is told to. */
  async function unlucky() {
    const { world, entry } = await readyWorld();
    for (let time = 0; time < UNLUCKY_AFTER; time += 1) world.luck.note(ACME.id, false);
    const indexAnswers = Promise.withResolvers<IndexEntry | null>();
    const index = { ...world.index, get: () => indexAnswers.promise };
    const find = vi.spyOn(world.ledger, "find");
    const late = vi.fn(async () => {});
    const found = lookUp(KEY, { ...world, index }, late);
    return { world, entry, find, late, found, indexAnswers };
  }

  it("has the ledger asked at once, and its word counts when the index has none", async () => {
    const { entry, find, found, indexAnswers } = await unlucky();
    expect(find).toHaveBeenCalledOnce();
    indexAnswers.resolve(null);
    expect(await found).toEqual(entry);
  });

  it("has the index's word first, and from then on a query no more", async () => {
    const { world, find, late, found, indexAnswers } = await unlucky();
    const held = heldEntry();
    indexAnswers.resolve(held);
    expect(await found).toEqual(held);
    await world.index.put(KEY, held);
    expect(await ask(world)).toMatchObject({ value: held });
    expect(find).toHaveBeenCalledOnce();
    expect([late.mock.calls, world.reports]).toEqual([[], []]);
  });

  it("loses nothing by a ledger that fails before the index answers", async () => {
    const { world } = await readyWorld();
    for (let time = 0; time < UNLUCKY_AFTER; time += 1) world.luck.note(ACME.id, false);
    const held = heldEntry();
    await world.index.put(KEY, held);
    expect(await ask(world, { ledger: failing(world.ledger) })).toMatchObject({ value: held });
    expect(world.reports).toEqual([]);
  });

  it("waits for the ledger no longer than anybody, from when the index has answered", async () => {
    const world = makeWorld();
    for (let time = 0; time < UNLUCKY_AFTER; time += 1) world.luck.note(ACME.id, false);
    const { value, ms } = await ask(world, { index: hanging(world.index), ledger: hanging(world.ledger) });
    expect({ value, ms }).toEqual({ value: undefined, ms: INDEX_BUDGET_MS + LEDGER_BUDGET_MS });
  });

  it("has the ledger asked after the index all the same where that has been slow", async () => {
    const world = makeWorld();
    for (let time = 0; time < UNLUCKY_AFTER; time += 1) world.luck.note(ACME.id, false);
    for (let time = 1; time <= LATE_IN_A_ROW; time += 1) world.patience.late(NOON + time, NOON + time);
    world.clock.advance(SECOND);
    const held = heldEntry();
    await world.index.put(KEY, held);
    const find = vi.spyOn(world.ledger, "find");
    expect(await ask(world)).toMatchObject({ value: held });
    expect(find).not.toHaveBeenCalled();
  });
});
