import { ByteLru } from "../../core/byte-lru.ts";
import type { IndexEntry } from "../../core/entry.ts";
import { type EntryKey, keyText } from "../../core/entry-key.ts";
import { purgeShard, type Withdrawals } from "../../core/withdrawals.ts";
import type { Clock } from "../../ports/clock.ts";
import type { EntryIndex, EntryMemory } from "../../ports/entry-index.ts";
import { together } from "../../ports/together.ts";
import type { KnownWithdrawals } from "../../ports/withdrawals.ts";

/** How long an entry is taken from memory, in ms. What KV's own cache of the place tells may be older by 30 s. */
export const REMEMBERED_ENTRY_MS = 10_000;
/** How long a crowd waits for one question, in ms, before the next of them asks anew: as long as a download waits. */
const TOGETHER_MS = 50;
/** Of an isolate's 128 MB: some 20,000 entries. */
const LIMIT_BYTES = 24 * 2 ** 20;
/** What an entry takes in memory, about: its copy has some ten fields. */
const ENTRY_BYTES = 1_200;

type Remembered = {
  readonly entry: IndexEntry;
  readonly shard: number;
  /** The number of purges of the shard before it was asked for. */
  readonly purges: number;
  readonly until: number;
};

/**
 * Isolate memory in front of an index. An entry counts while its shard's number of purges is what it was known to be
 * before the index was asked, so that a purge ends it here as soon as it is heard of, within a second. That there is none
 * is not remembered: a fill's end must be seen at once. Who asks for the same at the same time shares one question.
 */
export function rememberEntries(
  inner: EntryIndex,
  { known }: Pick<KnownWithdrawals, "known">,
  clock: Clock,
): EntryIndex & EntryMemory {
  const entries = new ByteLru<Remembered>(LIMIT_BYTES);
  const reading = together<IndexEntry | null>("index", TOGETHER_MS, clock);
  let changes = 0;

  function forget(key: EntryKey): void {
    changes += 1;
    const name = keyText(key);
    entries.delete(name);
    reading.drop(name);
  }

  async function read(key: EntryKey, name: string): Promise<IndexEntry | null> {
    const [now, askedAt] = [clock.now(), changes];
    const withdrawals = known(key.tenant, now);
    const entry = await inner.get(key);
    if (entry && withdrawals && changes === askedAt) {
      const shard = purgeShard(key);
      const fresh = { entry, shard, purges: withdrawals.purges[shard] ?? 0, until: now + REMEMBERED_ENTRY_MS };
      entries.set(name, fresh, 2 * (name.length + sourceOf(entry).length) + ENTRY_BYTES);
    }
    return entry;
  }

  return {
    async get(key) {
      const name = keyText(key);
      const remembered = entries.get(name);
      const now = clock.now();
      const withdrawals = remembered ? known(key.tenant, now) : null;
      if (remembered && withdrawals && counts(remembered, withdrawals, now)) return remembered.entry;
      return await reading.ask(name, () => read(key, name));
    },
    async put(key, entry) {
      forget(key);
      await inner.put(key, entry);
      // Once more: it may have been asked for meanwhile.
      forget(key);
    },
    async remove(key) {
      forget(key);
      await inner.remove(key);
      forget(key);
    },
    holds(name, entry, withdrawals, now) {
      const remembered = entries.get(name);
      return remembered !== undefined && remembered.entry === entry && counts(remembered, withdrawals, now);
    },
  };
}

function counts({ shard, purges, until }: Remembered, withdrawals: Withdrawals, now: number): boolean {
  return now < until && withdrawals.purges[shard] === purges;
}

function sourceOf(entry: IndexEntry): string {
  return entry.state === "expired" ? "" : entry.source;
}
