import type { IndexEntry } from "../../src/core/entry.ts";
import { keyText } from "../../src/core/entry-key.ts";
import type { EntryIndex } from "../../src/ports/entry-index.ts";

/** An index that never lags. `entries` by key text. */
export type FakeEntryIndex = EntryIndex & { readonly entries: Map<string, IndexEntry> };

export function fakeEntryIndex(): FakeEntryIndex {
  const entries = new Map<string, IndexEntry>();
  return {
    entries,
    async get(key) {
      return structuredClone(entries.get(keyText(key)) ?? null);
    },
    async put(key, entry) {
      entries.set(keyText(key), structuredClone(entry));
    },
    async remove(key) {
      entries.delete(keyText(key));
    },
  };
}
