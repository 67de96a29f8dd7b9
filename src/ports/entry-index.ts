import type { IndexEntry } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import type { Withdrawals } from "../core/withdrawals.ts";

/**
 * The fast, near, forgetful projection of the ledger. It may lag behind it (about a minute on Cloudflare KV) and may
 * lose entries; nothing is ever true only because it stands here.
 */
export type EntryIndex = {
  get(key: EntryKey): Promise<IndexEntry | null>;
  put(key: EntryKey, entry: IndexEntry): Promise<void>;
  remove(key: EntryKey): Promise<void>;
};

/** What an isolate remembers of the index. */
export type EntryMemory = {
  /**
   * Whether this very answer of the index is still what it would answer with: neither old, nor purged, nor written to
   * here. `name`: the entry's key as text; `withdrawals`: what is known at `now`, ms since the epoch.
   */
  holds(name: string, entry: IndexEntry, withdrawals: Withdrawals, now: number): boolean;
};
