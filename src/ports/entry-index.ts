import type { IndexEntry } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";

/**
 * The fast, near, forgetful projection of the ledger. It may lag behind it (about a minute on Cloudflare KV) and may
 * lose entries; nothing is ever true only because it stands here.
 */
export type EntryIndex = {
  get(key: EntryKey): Promise<IndexEntry | null>;
  put(key: EntryKey, entry: IndexEntry): Promise<void>;
  remove(key: EntryKey): Promise<void>;
};
