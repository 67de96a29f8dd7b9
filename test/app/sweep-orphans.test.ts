import { describe, expect, it } from "vitest";
import { ORPHAN_AGE_MS, SWEEP_PAGE, sweepOrphans } from "../../src/app/sweep-orphans.ts";
import { objectKey } from "../../src/core/entry.ts";
import { type EntryKey, entryKeyOf } from "../../src/core/entry-key.ts";
import { CLAIM_TIMES } from "../../src/core/fills/claims.ts";
import { numberedKey } from "../contracts/keys.ts";
import { copyOf, noteOf } from "../contracts/notes.ts";
import { BARE, utf8 } from "../contracts/object-store.contract.ts";
import { HOUR, MINUTE, NOON, tenantId } from "../core/samples.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeEntryLedger } from "../fakes/entry-ledger.ts";
import { fakeObjectStore } from "../fakes/object-store.ts";
import { fakeSweepPlace } from "../fakes/sweep-place.ts";

const ACME = tenantId("acme");
const [ONE, TWO, THREE] = [numberedKey(ACME, 1), numberedKey(ACME, 2), numberedKey(ACME, 3)];

/** A store, a ledger and a place, and the age at which the sweep takes an object for an orphan. */
function makeParts() {
  const clock = fakeClock(NOON);
  const reports: string[] = [];
  const asked: (readonly EntryKey[])[] = [];
  const ledger = fakeEntryLedger();
  const { findMany } = ledger;
  ledger.findMany = async (keys) => {
    asked.push(keys);
    return await findMany(keys);
  };
  const store = fakeObjectStore(clock);
  const report = (what: string) => reports.push(what);
  return { clock, reports, asked, ledger, store, report, sweepPlace: fakeSweepPlace(), orphanAgeMs: HOUR };
}

type Parts = ReturnType<typeof makeParts>;

/** Stores an object, and an hour passes. */
async function storeLongAgo({ store, clock }: Parts, ...names: string[]): Promise<void> {
  for (const name of names) await store.put(name, utf8("x"), BARE);
  clock.advance(HOUR);
}

async function publish({ ledger, clock }: Parts, key: EntryKey, generation: string): Promise<void> {
  await ledger.noteFills([noteOf(key)], clock.now());
  await ledger.publish(key, 1, copyOf(generation), clock.now());
}

const left = ({ store }: Parts) => [...store.objects.keys()].toSorted();

describe("the sweep of objects deletes", () => {
  it("what belongs to an entry that the ledger does not know", async () => {
    const parts = makeParts();
    await storeLongAgo(parts, objectKey(ONE, "g1"));
    expect(await sweepOrphans(parts)).toBe(1);
    expect(left(parts)).toEqual([]);
  });

  it("what a newer generation has superseded, and keeps that one", async () => {
    const parts = makeParts();
    await publish(parts, ONE, "g2");
    await storeLongAgo(parts, objectKey(ONE, "g1"), objectKey(ONE, "g2"), objectKey(ONE, "g3"));
    expect(await sweepOrphans(parts)).toBe(2);
    expect(left(parts)).toEqual([objectKey(ONE, "g2")]);
  });

  it("what an entry let go of: purged, failed, or bound to another object", async () => {
    const parts = makeParts();
    for (const key of [ONE, TWO, THREE]) await parts.ledger.noteFills([noteOf(key)], NOON);
    await parts.ledger.purge(ONE, 2, false, NOON);
    await parts.ledger.fail(TWO, 1, { code: "X", message: "x" }, true, NOON);
    await storeLongAgo(parts, ...[ONE, TWO, THREE].map((key) => objectKey(key, "g1")));
    expect(await sweepOrphans(parts)).toBe(3);
    expect(left(parts)).toEqual([]);
  });

  it("nothing of another tenant that has an entry of the same id", async () => {
    const parts = makeParts();
    const theirs = entryKeyOf(tenantId("other"), ONE.id);
    await publish(parts, theirs, "g1");
    await storeLongAgo(parts, objectKey(ONE, "g1"), objectKey(theirs, "g1"));
    expect(await sweepOrphans(parts)).toBe(1);
    expect(left(parts)).toEqual([objectKey(theirs, "g1")]);
  });

  it("nothing that an entry refers to, whether that is ready or stale", async () => {
    const parts = makeParts();
    await publish(parts, ONE, "g1");
    await publish(parts, TWO, "g1");
    await parts.ledger.markStale(TWO, "g1", NOON);
    await storeLongAgo(parts, objectKey(ONE, "g1"), objectKey(TWO, "g1"));
    expect(await sweepOrphans(parts)).toBe(0);
    expect(left(parts)).toHaveLength(2);
  });

  it("nothing that is young: a fill may be about to publish it", async () => {
    const parts = makeParts();
    await storeLongAgo(parts, objectKey(ONE, "g1"));
    parts.clock.set(NOON + HOUR - 1);
    expect(await sweepOrphans(parts)).toBe(0);
    parts.clock.set(NOON + HOUR);
    expect(await sweepOrphans(parts)).toBe(1);
  });

  it("nothing of another form: other features keep objects here too", async () => {
    const parts = makeParts();
    const names = ["manifests/acme/1", "uploads/acme/1/2", "a", objectKey(ONE, "g1").slice(0, -3)];
    await storeLongAgo(parts, ...names);
    expect(await sweepOrphans(parts)).toBe(0);
    expect(left(parts)).toEqual(names.toSorted());
    expect(parts.asked).toEqual([]);
  });

  it("nothing in an empty store, and writes nothing either", async () => {
    const parts = makeParts();
    expect(await sweepOrphans(parts)).toBe(0);
    expect(parts.sweepPlace.writes).toEqual([]);
  });

  it("nothing by default that a fill could still come back to", () => {
    expect(ORPHAN_AGE_MS).toBeGreaterThan(CLAIM_TIMES.abandonedMs + CLAIM_TIMES.queuedMs + HOUR);
  });
});

describe("the sweep of objects asks the ledger", () => {
  it("once for a page, and once for each entry", async () => {
    const parts = makeParts();
    await storeLongAgo(parts, objectKey(ONE, "g1"), objectKey(ONE, "g2"), objectKey(TWO, "g1"), "manifests/acme/1");
    await sweepOrphans(parts);
    expect(parts.asked).toEqual([[ONE, TWO]]);
  });

  it("and deletes nothing when that cannot say, and comes back to the same page", async () => {
    const parts = makeParts();
    await storeLongAgo(parts, objectKey(ONE, "g1"));
    const { findMany } = parts.ledger;
    parts.ledger.findMany = () => Promise.reject(new Error("the ledger is down"));
    await expect(sweepOrphans(parts)).rejects.toThrow("down");
    expect(left(parts)).toHaveLength(1);
    expect(parts.sweepPlace.writes).toEqual([]);
    parts.ledger.findMany = findMany;
    expect(await sweepOrphans(parts)).toBe(1);
  });
});

/** Two pages and a bit, with an entry for every second object. */
async function makeLong() {
  const parts = makeParts();
  const keys = Array.from({ length: 2 * SWEEP_PAGE + 2 }, (_, number) => numberedKey(ACME, number));
  for (const [number, key] of keys.entries()) if (number % 2 === 0) await publish(parts, key, "g1");
  await storeLongAgo(parts, ...keys.map((key) => objectKey(key, "g1")));
  return { parts, total: keys.length };
}

describe("the sweep of objects goes page by page", () => {
  it("from where the last run stopped, to the end, and then anew", async () => {
    const { parts, total } = await makeLong();
    const half = SWEEP_PAGE / 2;
    expect([await sweepOrphans(parts), await sweepOrphans(parts), await sweepOrphans(parts)]).toEqual([half, half, 1]);
    expect(left(parts)).toHaveLength(total / 2);
    const { writes } = parts.sweepPlace;
    expect([writes.length, writes[0] !== writes[1], writes[2]]).toEqual([3, true, null]);
    await storeLongAgo(parts, objectKey(numberedKey(ACME, 1), "late"));
    expect(await sweepOrphans(parts)).toBe(1);
  });

  it("a place that lags makes it look twice, and changes nothing", async () => {
    const { parts, total } = await makeLong();
    const sweepPlace = { ...parts.sweepPlace, read: async () => null };
    expect(await sweepOrphans({ ...parts, sweepPlace })).toBe(SWEEP_PAGE / 2);
    expect(await sweepOrphans({ ...parts, sweepPlace })).toBe(SWEEP_PAGE / 4);
    expect(left(parts)).toHaveLength(total - (SWEEP_PAGE * 3) / 4);
  });

  it("begins anew when the store does not know the place any more", async () => {
    const parts = makeParts();
    await storeLongAgo(parts, objectKey(ONE, "g1"));
    await parts.sweepPlace.write("forgotten");
    const { list } = parts.store;
    const store = {
      ...parts.store,
      list: async (options: Parameters<typeof list>[0]) => {
        if (options.cursor === "forgotten") throw new Error("there is no such cursor");
        return await list(options);
      },
    };
    expect(await sweepOrphans({ ...parts, store })).toBe(1);
    expect(parts.sweepPlace.writes.at(-1)).toBeNull();
  });

  it("keeps its place when the store lists nothing at all", async () => {
    const parts = makeParts();
    await parts.sweepPlace.write("here");
    const store = { ...parts.store, list: () => Promise.reject(new Error("the store is down")) };
    await expect(sweepOrphans({ ...parts, store })).rejects.toThrow("down");
    expect(parts.sweepPlace.writes).toEqual(["here"]);
  });

  it("does the work all the same when the place cannot be written, and says so", async () => {
    const { parts } = await makeLong();
    const sweepPlace = { ...parts.sweepPlace, write: () => Promise.reject(new Error("the place is down")) };
    await expect(sweepOrphans({ ...parts, sweepPlace })).rejects.toThrow("down");
    expect(left(parts)).toHaveLength(2 + (SWEEP_PAGE * 3) / 2);
  });
});

describe("an object that cannot be deleted", () => {
  it("does not stop the others, is told of, and goes in the next round", async () => {
    const parts = makeParts();
    const names = [objectKey(ONE, "g1"), objectKey(TWO, "g1"), objectKey(THREE, "g1")];
    await storeLongAgo(parts, ...names);
    const store = {
      ...parts.store,
      delete: async (name: string) => {
        if (name === names[1]) throw new Error("no");
        await parts.store.delete(name);
      },
    };
    expect(await sweepOrphans({ ...parts, store })).toBe(2);
    expect(parts.reports).toEqual(["orphans"]);
    expect(left(parts)).toEqual([names[1]]);
    parts.clock.advance(MINUTE);
    expect(await sweepOrphans(parts)).toBe(1);
    expect(left(parts)).toEqual([]);
  });
});
