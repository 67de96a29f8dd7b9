import type { Copy, EntryState, Failure, LedgerEntry } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import type { TenantId } from "../core/tenant.ts";

/** A wanted fill, as the ledger notes it. */
export type FillNote = {
  readonly key: EntryKey;
  readonly publicKey: string;
  readonly fence: number;
  readonly boundTo: string;
  readonly trusted: boolean;
  readonly sourceUrl: string;
  /** When the tenant wants the copy gone, ms since the epoch; `null`: no wish. */
  readonly expiresAt: number | null;
};

export type Page = { readonly entries: readonly LedgerEntry[]; readonly cursor: string | null };

/** Generations that no entry refers to any more: whoever is handed one deletes its object. */
export type Orphan = { readonly key: EntryKey; readonly generation: string };

/**
 * The truth about entries. Every change carries a fence, and one that is lower than what the entry has seen changes
 * nothing: a fill that a purge overtook cannot publish.
 */
export type EntryLedger = {
  find(key: EntryKey): Promise<LedgerEntry | null>;
  /** Those of the keys that are known, in any order. */
  findMany(keys: readonly EntryKey[]): Promise<readonly LedgerEntry[]>;
  /** By last change, newest first; `cursor` is one that an earlier page gave. */
  list(tenant: TenantId, options: { state: EntryState | null; cursor: string | null; limit: number }): Promise<Page>;
  /**
   * Notes fills that are wanted. An entry that was bound to another object loses its copy, which is handed back.
   * A ready entry that stays bound keeps its copy until the new one is published, and stays ready.
   * `expiresAt` of `null` leaves an earlier wish as it is, unless its moment has come: then it is forgotten.
   */
  noteFills(notes: readonly FillNote[], now: number): Promise<readonly Orphan[]>;
  /** Flips the entry to the new copy. `null`: refused by the fence. Hands back the copy that was there before. */
  publish(key: EntryKey, fence: number, copy: Copy, now: number): Promise<{ superseded: Orphan | null } | null>;
  /** A caller that we know stands behind these entries from now on. `expiresAt` as for `noteFills`. */
  adopt(wishes: readonly { readonly key: EntryKey; readonly expiresAt: number | null }[], now: number): Promise<void>;
  /**
   * Notes what went wrong with a fill. `final`: it ended so, and the entry has failed, unless a copy is there: that
   * stays. Otherwise it will be tried again, and the entry's state does not change.
   */
  fail(key: EntryKey, fence: number, failure: Failure, final: boolean, now: number): Promise<void>;
  /** Marks that the origin has another version than our copy. */
  markStale(key: EntryKey, generation: string, now: number): Promise<void>;
  /**
   * The origin has said that the copy of this generation is still what it has: ready again, and fresh until then (ms
   * since the epoch; `null`: it never gets old by itself). Changes nothing when there is another copy, or none.
   */
  refresh(key: EntryKey, generation: string, freshUntil: number | null, now: number): Promise<void>;
  /**
   * `null`: no such entry, or purged before. Hands back the copy that was there.
   * `keepExpiry`: the tenant's wish ended the copy and stands; otherwise it is forgotten.
   */
  purge(key: EntryKey, fence: number, keepExpiry: boolean, now: number): Promise<{ purged: Orphan | null } | null>;
  /** Entries whose `expiresAt` has come and which are not purged yet. */
  expired(now: number, limit: number): Promise<readonly EntryKey[]>;
  addHits(hits: readonly { readonly key: EntryKey; readonly count: number }[]): Promise<void>;
};
