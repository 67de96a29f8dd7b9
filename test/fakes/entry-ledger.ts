import { COPY_LOST, type LedgerEntry } from "../../src/core/entry.ts";
import { type EntryKey, keyText } from "../../src/core/entry-key.ts";
import { ENTRIES_SEARCHED } from "../../src/core/entry-listing.ts";
import type { EntryLedger, Orphan } from "../../src/ports/entry-ledger.ts";
import { listEntries } from "./entry-list.ts";
import { selectEntries } from "./entry-selection.ts";
import { notedEntry, wish, withTags } from "./noted-entry.ts";

/** A ledger in a map. `rows` by key text, each with the highest fence that it has seen. */
export type FakeEntryLedger = EntryLedger & { readonly rows: Map<string, LedgerRow> };
export type LedgerRow = LedgerEntry & { readonly fence: number };

/** `searched`: how many entries one page of a search looks at. */
export function fakeEntryLedger(searched = ENTRIES_SEARCHED): FakeEntryLedger {
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
    async list(tenant, listing) {
      const { entries, cursor } = listEntries(
        [...rows.values()].filter(({ key }) => key.tenant === tenant),
        listing,
        searched,
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
      const refreshWanted = row.refreshWanted && (row.copy ?? copy).generation === copy.generation;
      set({ ...row, fence, state: "ready", copy, failure: null, refreshWanted, updatedAt: now });
      return { superseded: row.copy?.generation === copy.generation ? null : orphanOf(row) };
    },
    async adopt(wishes, now) {
      for (const { key, expiresAt, tags } of wishes) {
        const row = at(key);
        if (!row) continue;
        const adopted = { trusted: true, expiresAt: wish(expiresAt, row, now), tags: withTags(row.tags, tags) };
        set({ ...row, ...adopted, updatedAt: now });
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
    async lose(key, generation, now) {
      const row = at(key);
      if (row?.copy?.generation !== generation) return false;
      set({ ...row, state: "failed", copy: null, failure: COPY_LOST, refreshWanted: false, updatedAt: now });
      return true;
    },
    async refresh(key, fence, generation, freshUntil, now) {
      const row = unlessNewer(key, fence);
      if (row?.copy?.generation !== generation) return;
      set({ ...row, state: "ready", copy: { ...row.copy, freshUntil }, refreshWanted: false, updatedAt: now });
    },
    async raiseFence(key, fence) {
      const row = at(key);
      if (!row) return null;
      set({ ...row, fence: Math.max(row.fence, fence) });
      return entryOf(row);
    },
    async purge(key, fence, keepExpiry, now) {
      const row = at(key);
      if (!row) return null;
      const expiresAt = keepExpiry ? row.expiresAt : null;
      const gone = { state: "purged", copy: null, failure: null, expiresAt, refreshWanted: false } as const;
      set({ ...row, ...gone, fence: Math.max(row.fence, fence), updatedAt: now });
      return row.state === "purged" ? null : { purged: orphanOf(row) };
    },
    async select(tenant, selection, page) {
      return selectEntries(
        [...rows.values()].filter(({ key }) => key.tenant === tenant),
        selection,
        page,
      );
    },
    async wantRefresh(keys, fence, now) {
      const wanted = new Map(keys.map((key) => [keyText(key), at(key)]));
      const marked = [...wanted.values()].filter(
        (row) => row !== null && row.state !== "purged" && row.state !== "failed",
      );
      return marked.flatMap((row) => {
        if (!row) return [];
        set({ ...row, refreshWanted: true, fence: row.copy ? Math.max(row.fence, fence) : row.fence, updatedAt: now });
        return [row.key];
      });
    },
    async expired(now, limit) {
      return [...rows.values()]
        .filter(({ state, expiresAt }) => state !== "purged" && expiresAt !== null && expiresAt <= now)
        .toSorted((a, b) => (a.expiresAt ?? 0) - (b.expiresAt ?? 0))
        .slice(0, limit)
        .map(({ key }) => key);
    },
  };
}

function entryOf({ fence: _, ...entry }: LedgerRow): LedgerEntry {
  return entry;
}

function orphanOf({ key, copy }: LedgerEntry): Orphan | null {
  return copy && { key, generation: copy.generation };
}
