import type { LedgerEntry } from "../../src/core/entry.ts";
import { type EntryKey, keyText } from "../../src/core/entry-key.ts";
import type { EntryLedger, Orphan } from "../../src/ports/entry-ledger.ts";
import { listEntries } from "./entry-list.ts";
import { notedEntry, wish } from "./noted-entry.ts";

/** A ledger in a map. `rows` by key text, each with the highest fence that it has seen. */
export type FakeEntryLedger = EntryLedger & { readonly rows: Map<string, LedgerRow> };
export type LedgerRow = LedgerEntry & { readonly fence: number };

export function fakeEntryLedger(): FakeEntryLedger {
  const rows = new Map<string, LedgerRow>();
  const at = (key: EntryKey) => rows.get(keyText(key)) ?? null;
  const unlessNewer = (key: EntryKey, fence: number) => {
    const row = at(key);
    return row && row.fence <= fence ? row : null;
  };
  const set = (row: LedgerRow) => rows.set(keyText(row.key), row);

  return {
    rows,
    async find(key) {
      const row = at(key);
      return row ? entryOf(row) : null;
    },
    async findMany(keys) {
      const unique = new Map(keys.map((key) => [keyText(key), at(key)]));
      return [...unique.values()].filter((row) => row !== null).map(entryOf);
    },
    async list(tenant, options) {
      const { entries, cursor } = listEntries(
        [...rows.values()].filter(({ key }) => key.tenant === tenant),
        options,
      );
      return { entries: entries.map(entryOf), cursor };
    },
    async noteFills(notes, now) {
      const orphans: Orphan[] = [];
      for (const note of notes.toSorted((a, b) => a.fence - b.fence)) {
        const row = at(note.key);
        if (row && row.fence > note.fence) continue;
        const noted = notedEntry(row, note, now);
        if (row?.copy && !noted.copy) orphans.push({ key: note.key, generation: row.copy.generation });
        set(noted);
      }
      return orphans;
    },
    async publish(key, fence, copy, now) {
      const row = unlessNewer(key, fence);
      if (!row) return null;
      set({ ...row, fence, state: "ready", copy, failure: null, updatedAt: now });
      return { superseded: row.copy?.generation === copy.generation ? null : orphanOf(row) };
    },
    async adopt(wishes, now) {
      for (const { key, expiresAt } of wishes) {
        const row = at(key);
        if (row) set({ ...row, trusted: true, expiresAt: wish(expiresAt, row, now), updatedAt: now });
      }
    },
    async fail(key, fence, failure, final, now) {
      const row = unlessNewer(key, fence);
      if (row) set({ ...row, state: final && !row.copy ? "failed" : row.state, failure, updatedAt: now });
    },
    async markStale(key, generation, now) {
      const row = at(key);
      if (row?.state === "ready" && row.copy?.generation === generation)
        set({ ...row, state: "stale", updatedAt: now });
    },
    async refresh(key, generation, freshUntil, now) {
      const row = at(key);
      if (row?.copy?.generation !== generation) return;
      set({ ...row, state: "ready", copy: { ...row.copy, freshUntil }, updatedAt: now });
    },
    async purge(key, fence, keepExpiry, now) {
      const row = at(key);
      if (!row) return null;
      const expiresAt = keepExpiry ? row.expiresAt : null;
      const gone = { state: "purged", copy: null, failure: null, expiresAt, updatedAt: now } as const;
      set({ ...row, ...gone, fence: Math.max(row.fence, fence) });
      return row.state === "purged" ? null : { purged: orphanOf(row) };
    },
    async expired(now, limit) {
      return [...rows.values()]
        .filter(({ state, expiresAt }) => state !== "purged" && expiresAt !== null && expiresAt <= now)
        .toSorted((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0))
        .slice(0, limit)
        .map(({ key }) => key);
    },
    async addHits(hits) {
      for (const { key, count } of hits) {
        const row = at(key);
        if (row) set({ ...row, hits: row.hits + count });
      }
    },
  };
}

function entryOf({ fence: _, ...entry }: LedgerRow): LedgerEntry {
  return entry;
}

function orphanOf({ key, copy }: LedgerEntry): Orphan | null {
  return copy && { key, generation: copy.generation };
}
