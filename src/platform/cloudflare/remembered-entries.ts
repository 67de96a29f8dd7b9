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
/** Of an isolate's 128 MB: some 10,000 entries. */
const LIMIT_BYTES = 16 * 2 ** 20;
/** What an entry takes in memory beside its texts, about: its copy has some ten fields. */
const ENTRY_BYTES = 1_200;

type Remembered = {
  readonly entry: IndexEntry;
  readonly shard: number;
  /** The number of purges of the shard before it was asked for. */
  readonly purges: number;
  /** When it was asked for, in ms since the epoch. */
  readonly at: number;
};

/** A question that is under way. */
type Reading = { isOutdated: boolean };

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
  const underWay = new Map<string, Reading>();

  function forget(key: EntryKey): void {
    const name = keyText(key);
    entries.delete(name);
    reading.drop(name);
    outdate(name);
  }

  /** What is being read of the entry may be what it was before. */
  function outdate(name: string): void {
    const question = underWay.get(name);
    if (question) question.isOutdated = true;
  }

  async function read(key: EntryKey, name: string): Promise<IndexEntry | null> {
    const at = clock.now();
    const withdrawals = known(key.tenant, at);
    // One that is still under way was given up by those who asked: a change would tell the newer one only.
    outdate(name);
    const question: Reading = { isOutdated: false };
    underWay.set(name, question);
    try {
      const entry = await inner.get(key);
      if (entry && withdrawals && !question.isOutdated) {
        const shard = purgeShard(key);
        const fresh = { entry, shard, purges: withdrawals.purges[shard] ?? 0, at };
        entries.set(name, fresh, 2 * (name.length + lengthOfTexts(entry)) + ENTRY_BYTES);
      }
      return entry;
    } finally {
      if (underWay.get(name) === question) underWay.delete(name);
    }
  }

  return {
    get(key) {
      const name = keyText(key);
      const remembered = entries.get(name);
      const now = clock.now();
      const withdrawals = remembered ? known(key.tenant, now) : null;
      if (remembered && withdrawals && counts(remembered, withdrawals, now)) return Promise.resolve(remembered.entry);
      return reading.ask(name, () => read(key, name));
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

/** When the clock was put back nobody knows how old a memory is. */
function counts({ shard, purges, at }: Remembered, withdrawals: Withdrawals, now: number): boolean {
  return now >= at && now < at + REMEMBERED_ENTRY_MS && withdrawals.purges[shard] === purges;
}

/** Those that an origin chose: they may be long. */
function lengthOfTexts(entry: IndexEntry): number {
  if (entry.state === "expired") return 0;
  const { contentType, etag, originEtag } = entry.copy;
  return [entry.source, contentType, etag, originEtag].reduce((sum, text) => sum + (text?.length ?? 0), 0);
}
