import { describe, expect, it } from "vitest";
import type { IndexEntry } from "../../src/core/entry.ts";
import { keyText } from "../../src/core/entry-key.ts";
import { NOTHING_WITHDRAWN, notePurges, purgeShard, type Withdrawals } from "../../src/core/withdrawals.ts";
import { REMEMBERED_ENTRY_MS, rememberEntries } from "../../src/platform/cloudflare/remembered-entries.ts";
import type { EntryIndex } from "../../src/ports/entry-index.ts";
import { heldEntry, NOON } from "../core/samples.ts";
import { fakeClock } from "../fakes/clock.ts";
import { fakeEntryIndex } from "../fakes/entry-index.ts";
import { entryIndexContract } from "./entry-index.contract.ts";
import { newKey } from "./keys.ts";

/** An index behind a memory, and how often the index was asked. */
function isolate() {
  const [clock, behind] = [fakeClock(NOON), fakeEntryIndex()];
  const now = { withdrawals: NOTHING_WITHDRAWN as Withdrawals | null, reads: 0, first: async () => {} };
  const inner: EntryIndex = {
    ...behind,
    async get(key) {
      now.reads += 1;
      const entry = await behind.get(key);
      await now.first();
      return entry;
    },
  };
  return { clock, behind, now, index: rememberEntries(inner, { known: () => now.withdrawals }, clock) };
}

entryIndexContract("fake, behind isolate memory", () => isolate().index);

describe("an entry", () => {
  it("is asked for once in its time", async () => {
    const [{ index, behind, now, clock }, key] = [isolate(), newKey()];
    await behind.put(key, heldEntry());
    const first = await index.get(key);
    clock.advance(REMEMBERED_ENTRY_MS - 1);
    expect(await index.get(key)).toBe(first);
    expect(index.holds(keyText(key), first as IndexEntry, NOTHING_WITHDRAWN, clock.now())).toBe(true);
    expect(now.reads).toBe(1);
    clock.advance(1);
    expect(index.holds(keyText(key), first as IndexEntry, NOTHING_WITHDRAWN, clock.now())).toBe(false);
    expect(await index.get(key)).toEqual(first);
    expect(now.reads).toBe(2);
  });

  it("is asked for once by a crowd, and again once that was given up", async () => {
    const [{ index, behind, now }, key] = [isolate(), newKey()];
    await behind.put(key, heldEntry());
    const crowd = await Promise.all(Array.from({ length: 100 }, () => index.get(key)));
    expect([new Set(crowd).size, now.reads]).toEqual([1, 1]);
    const other = newKey();
    const isAsked = Promise.withResolvers<void>();
    now.first = async () => {
      isAsked.resolve();
      await new Promise(() => {});
    };
    const dropped = index.get(other);
    await isAsked.promise;
    now.first = async () => {};
    // The first asker's request is gone; the others do not wait for ever.
    expect(await index.get(other)).toBeNull();
    expect(now.reads).toBe(3);
    await Promise.race([dropped, null]);
  });

  it("is remembered whatever happens to others meanwhile", async () => {
    const [{ index, behind, now }, key] = [isolate(), newKey()];
    await behind.put(key, heldEntry());
    now.first = async () => {
      now.first = async () => {};
      await index.remove(newKey());
    };
    const entry = await index.get(key);
    expect([await index.get(key), now.reads]).toEqual([entry, 1]);
  });

  it("is asked for again when the clock was put back: nobody knows how old it is", async () => {
    const [{ index, behind, now, clock }, key] = [isolate(), newKey()];
    await behind.put(key, heldEntry());
    const entry = (await index.get(key)) as IndexEntry;
    clock.advance(-1);
    expect(index.holds(keyText(key), entry, NOTHING_WITHDRAWN, clock.now())).toBe(false);
    await index.get(key);
    expect(now.reads).toBe(2);
  });

  it("that is not there is asked for each time", async () => {
    const [{ index, behind, now }, key] = [isolate(), newKey()];
    expect(await index.get(key)).toBeNull();
    await behind.put(key, heldEntry());
    expect(await index.get(key)).toEqual(heldEntry());
    expect(now.reads).toBe(2);
  });

  it("is not remembered while nobody knows what was purged", async () => {
    const [{ index, behind, now }, key] = [isolate(), newKey()];
    await behind.put(key, heldEntry());
    now.withdrawals = null;
    await index.get(key);
    now.withdrawals = NOTHING_WITHDRAWN;
    await index.get(key);
    expect(now.reads).toBe(2);
    now.withdrawals = null;
    await index.get(key);
    expect(now.reads).toBe(3);
  });

  it("is forgotten by a purge of its shard, and of no other", async () => {
    const [{ index, behind, now }, key] = [isolate(), newKey()];
    await behind.put(key, heldEntry());
    const entry = (await index.get(key)) as IndexEntry;
    now.withdrawals = notePurges(NOTHING_WITHDRAWN, [(purgeShard(key) + 1) % 64]);
    expect([index.holds(keyText(key), entry, now.withdrawals, NOON), await index.get(key)]).toEqual([true, entry]);
    now.withdrawals = notePurges(NOTHING_WITHDRAWN, [purgeShard(key)]);
    expect(index.holds(keyText(key), entry, now.withdrawals, NOON)).toBe(false);
    await behind.remove(key);
    expect(await index.get(key)).toBeNull();
  });

  it("that was read before a purge is not remembered as of after it", async () => {
    const [{ index, behind, now }, key] = [isolate(), newKey()];
    await behind.put(key, heldEntry());
    now.first = async () => {
      now.withdrawals = notePurges(NOTHING_WITHDRAWN, [purgeShard(key)]);
      await behind.remove(key);
    };
    expect(await index.get(key)).not.toBeNull();
    now.first = async () => {};
    expect(await index.get(key)).toBeNull();
  });

  it.each(["put", "remove"] as const)("that was read during a %s here is not remembered", async (change) => {
    const [{ index, behind, now }, key] = [isolate(), newKey()];
    await behind.put(key, heldEntry());
    now.first = async () => {
      now.first = async () => {};
      await (change === "put" ? index.put(key, heldEntry({ source: "https://b.co/new" })) : index.remove(key));
    };
    await index.get(key);
    const after = await index.get(key);
    expect(after).toEqual(change === "put" ? heldEntry({ source: "https://b.co/new" }) : null);
  });
});
