import { MAX_ENTRY_TAGS } from "../../src/core/purge/tags.ts";
import type { FillNote } from "../../src/ports/entry-ledger.ts";
import type { LedgerRow } from "./entry-ledger.ts";

/** What a noted fill makes of an entry. Copy and trust stay with what it is bound to. */
export function notedEntry(row: LedgerRow | null, note: FillNote, now: number): LedgerRow {
  const { key, publicKey, fence, boundTo, sourceUrl } = note;
  const noted = {
    key,
    publicKey,
    fence,
    boundTo,
    sourceUrl,
    expiresAt: wish(note.expiresAt, row, now),
    updatedAt: now,
  };
  if (!row) {
    const fresh = { copy: null, failure: null, hits: 0, refreshWanted: false, tags: withTags([], note.tags) };
    return { ...noted, ...fresh, state: "filling", trusted: note.trusted, createdAt: now };
  }
  const bound = row.boundTo === boundTo;
  const copy = bound ? row.copy : null;
  const trusted = note.trusted || (row.trusted && bound);
  const refreshWanted = bound && row.refreshWanted && (copy !== null || row.fence === fence);
  const tags = withTags(bound ? row.tags : [], note.tags);
  return { ...row, ...noted, state: copy ? row.state : "filling", copy, trusted, refreshWanted, tags };
}

/** Sorted; of too many those stay that are new. */
export function withTags(old: readonly string[], fresh: readonly string[]): string[] {
  const kept = old.filter((tag) => !fresh.includes(tag)).toSorted();
  return [...new Set([...fresh, ...kept])].slice(0, MAX_ENTRY_TAGS).toSorted();
}

/** When the tenant wants the copy gone: as said now, or before, unless that moment has come. */
export function wish(said: number | null, before: { readonly expiresAt: number | null } | null, now: number) {
  if (said !== null) return said;
  return before?.expiresAt && before.expiresAt > now ? before.expiresAt : null;
}
