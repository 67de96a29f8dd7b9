import { beforeEach, describe, expect, it, vi } from "vitest";
import { AWAITED_MS, type UnknownParts, unknownKeys } from "../../src/app/unknown-keys.ts";
import type { LedgerEntry } from "../../src/core/entry.ts";
import { entryKeyOf } from "../../src/core/entry-key.ts";
import { UNKNOWN_MS } from "../../src/ports/unknown-nearby.ts";
import { copyOf, noteOf } from "../contracts/notes.ts";
import { MINUTE, NOON } from "../core/samples.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeUnknownNearby } from "../fakes/unknown-nearby.ts";
import { ACME, failing, makeWorld } from "./world.ts";

const KEY = "acme/a";
const ENTRY = entryKeyOf(ACME.id, "a".repeat(43));

let entry: LedgerEntry | null = null;

beforeEach(async () => {
  const { ledger } = makeWorld();
  await ledger.noteFills([noteOf(ENTRY)], NOON);
  await ledger.publish(ENTRY, 1, copyOf("g1"), NOON);
  entry = await ledger.find(ENTRY);
});

const inBackground = (work: Promise<unknown>) => void work.catch(() => {});

/** An isolate, the place that it is in, and how often it asked the ledger, which knows nothing until it is told to. */
function isolate(changes: Partial<UnknownParts> = {}) {
  const clock = fakeClock(NOON);
  const nearby = fakeUnknownNearby(clock);
  const unknown = unknownKeys({ nearby, clock, inBackground, ...changes });
  const state = { found: null as LedgerEntry | null };
  const question = vi.fn(async () => state.found);
  const look = async (key = KEY, awaited = false) =>
    unknown.has(key, awaited) ? "not asked" : await unknown.ask(key, awaited, question);
  return { clock, nearby, unknown, state, question, look };
}

describe("a key that the ledger knows nothing of", () => {
  it("is not asked about again for half a minute", async () => {
    const { look, clock } = isolate();
    expect(await look()).toBeNull();
    clock.advance(UNKNOWN_MS - 1);
    expect(await look()).toBe("not asked");
    clock.advance(1);
    expect(await look()).toBeNull();
  });

  it("is asked about once a second where a fill of it was asked for, so that its end is seen", async () => {
    const { look, clock, state } = isolate();
    await look();
    clock.advance(AWAITED_MS - 1);
    expect(await look(KEY, true)).toBe("not asked");
    state.found = entry;
    clock.advance(1);
    expect(await look(KEY, true)).toEqual(entry);
    expect(await look()).toEqual(entry);
  });

  it("is asked about when the clock was put back: nobody knows how long ago that was", async () => {
    const { look, clock } = isolate();
    await look();
    clock.advance(-1);
    expect(await look()).toBeNull();
  });

  it("says nothing of another", async () => {
    const { look } = isolate();
    await look();
    expect(await look("acme/b")).toBeNull();
  });

  it("counts from when the ledger was asked, not from when it answered", async () => {
    const { unknown, clock } = isolate();
    await unknown.ask(KEY, true, async () => {
      clock.advance(AWAITED_MS);
      return null;
    });
    expect(unknown.has(KEY, true)).toBe(false);
  });

  it.each(["purged", "failed", "filling"] as const)("is one whose entry is %s, too", async (state) => {
    const { look, state: ledger } = isolate();
    ledger.found = entry && { ...entry, state, copy: null };
    await look();
    expect(await look()).toBe("not asked");
  });

  it("is none whose copy has expired: that is something to tell", async () => {
    const { look, state } = isolate();
    state.found = entry && { ...entry, expiresAt: NOON };
    await look();
    expect(await look()).toEqual(state.found);
  });
});

describe("a ledger that fails", () => {
  it("has not said that there is nothing", async () => {
    const { unknown } = isolate();
    await expect(unknown.ask(KEY, false, () => Promise.reject(new Error("down")))).rejects.toThrow("down");
    expect(unknown.has(KEY, false)).toBe(false);
  });
});

describe("a crowd", () => {
  it("asks the ledger once", async () => {
    const { look, question } = isolate();
    expect(await Promise.all(Array.from({ length: 100 }, () => look()))).toEqual(
      Array.from({ length: 100 }, () => null),
    );
    expect(question).toHaveBeenCalledOnce();
  });
});

describe("two isolates of a place", () => {
  function neighbours() {
    const first = isolate();
    const { clock, nearby } = first;
    return { clock, nearby, first, second: isolate({ clock, nearby }) };
  }

  it("ask the ledger once in half a minute between them, after each has asked once", async () => {
    const { clock, first, second } = neighbours();
    for (const isolate of [first, second]) await isolate.look();
    for (let time = 0; time < 10; time += 1) {
      clock.advance(UNKNOWN_MS);
      for (const isolate of [first, second, first]) await isolate.look();
    }
    expect(first.question.mock.calls.length + second.question.mock.calls.length).toBe(2 + 10);
  });

  it("do not look around for a key that they see for the first time, nor tell of it", async () => {
    const { nearby, first, second } = neighbours();
    const looks = vi.spyOn(nearby, "askedAt");
    await first.look();
    await second.look();
    expect([looks.mock.calls, nearby.notes.size]).toEqual([[], 0]);
  });

  it("learn from each other what is asked for again and again, for no longer than half a minute", async () => {
    const { clock, first, second } = neighbours();
    await first.look();
    await second.look();
    clock.advance(UNKNOWN_MS);
    await first.look();
    clock.advance(UNKNOWN_MS - 1);
    await second.look();
    expect([first.question, second.question].map(({ mock }) => mock.calls.length)).toEqual([2, 1]);
    second.state.found = entry;
    clock.advance(1);
    expect(await second.look()).toEqual(entry);
  });

  it("keep nothing from one that waits for a copy", async () => {
    const { clock, first, second } = neighbours();
    await second.look();
    await first.look();
    clock.advance(UNKNOWN_MS);
    await first.look();
    second.state.found = entry;
    expect(await second.look(KEY, true)).toEqual(entry);
  });

  it("go on without each other when the cache fails", async () => {
    const { clock, nearby } = isolate();
    const alone = isolate({ clock, nearby: failing(nearby) });
    await alone.look();
    clock.advance(MINUTE);
    expect(await alone.look()).toBeNull();
    expect(alone.question).toHaveBeenCalledTimes(2);
  });
});
