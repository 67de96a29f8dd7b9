import type { Copy, Failure, LedgerEntry } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import type { EntryListing } from "../core/entry-listing.ts";
import type { EntrySelection } from "../core/purge/selection.ts";
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
  /** Names under which the copy can be purged with others, in lower case. */
  readonly tags: readonly string[];
};

/** What a caller that we know wishes of an entry. `expiresAt` and `tags` as in {@link FillNote}. */
export type EntryWish = Pick<FillNote, "key" | "expiresAt" | "tags">;

export type Page = { readonly entries: readonly LedgerEntry[]; readonly cursor: string | null };

/** Which part of a selection is asked for. Times in ms since the epoch, as fences are. */
export type SelectedPage = {
  /** Not those of which all was made after this: the copy, and the fill that was noted last. */
  readonly before: number;
  /** Of those that are purged only what has been so since this: a purge may have broken off. `null`: none of them. */
  readonly purgedSince: number | null;
  readonly cursor: string | null;
  readonly limit: number;
};

/** A page of a selection. `cursor` of `null`: nothing comes after it. Its page may be empty and another one follow. */
export type SelectedEntries = { readonly keys: readonly EntryKey[]; readonly cursor: string | null };

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
  /**
   * By last change, newest first; those of a prefix in an order of their own. What contains a text is looked for among so
   * many entries that a page may have fewer than `limit`, or none, and another one follow. Throws 400 for a cursor that no
   * such list gave.
   */
  list(tenant: TenantId, listing: EntryListing): Promise<Page>;
  /**
   * Notes fills that are wanted. An entry that was bound to another object loses its copy, which is handed back.
   * A ready entry that stays bound keeps its copy until the new one is published, and stays ready.
   * `expiresAt` of `null` leaves an earlier wish as it is, unless its moment has come: then it is forgotten.
   * Tags come to those that the entry has had since it was bound to this object; of more than MAX_ENTRY_TAGS older ones go.
   */
  noteFills(notes: readonly FillNote[], now: number): Promise<readonly Orphan[]>;
  /**
   * Flips the entry to the new copy. `null`: refused by the fence. Hands back the copy that was there before. A wish for
   * a refill ends, but for one that came while there was no copy: this one may be older than it.
   */
  publish(key: EntryKey, fence: number, copy: Copy, now: number): Promise<{ superseded: Orphan | null } | null>;
  /** A caller that we know stands behind these entries from now on. `expiresAt` and tags as for `noteFills`. */
  adopt(wishes: readonly EntryWish[], now: number): Promise<void>;
  /**
   * Notes what went wrong with a fill. `final`: it ended so, and the entry has failed, unless a copy is there: that
   * stays. Otherwise it will be tried again, and the entry's state does not change.
   */
  fail(key: EntryKey, fence: number, failure: Failure, final: boolean, now: number): Promise<void>;
  /** Marks that the origin has another version than our copy. */
  markStale(key: EntryKey, generation: string, now: number): Promise<void>;
  /**
   * The origin has said that the copy of this generation is still what it has: ready again, and fresh until then (ms
   * since the epoch; `null`: it never gets old by itself). A wish for a refill ends. Changes nothing when there is another
   * copy, or none, nor for a fill that is older than such a wish.
   */
  refresh(key: EntryKey, fence: number, generation: string, freshUntil: number | null, now: number): Promise<void>;
  /**
   * The store has the copy of this generation no more: the entry has failed, and has none. `false`: there is another copy,
   * or none, and nothing has changed.
   */
  lose(key: EntryKey, generation: string, now: number): Promise<boolean>;
  /**
   * From here on no fill of a lower fence changes the entry; it is handed back as it stands then, which only a later fill
   * can change. `null`: no such entry.
   */
  raiseFence(key: EntryKey, fence: number): Promise<LedgerEntry | null>;
  /**
   * `null`: no such entry, or purged before. Hands back the copy that was there.
   * `keepExpiry`: the tenant's wish ended the copy and stands; otherwise it is forgotten.
   */
  purge(key: EntryKey, fence: number, keepExpiry: boolean, now: number): Promise<{ purged: Orphan | null } | null>;
  /**
   * The next of a selection's entries, at most `limit`, in an order of its own; `cursor` is one that an earlier page of the
   * same selection gave.
   */
  select(tenant: TenantId, selection: EntrySelection, page: SelectedPage): Promise<SelectedEntries>;
  /**
   * Copies of these entries shall be made anew, and served meanwhile. Fills of a lower fence than this, which may bring what
   * the origin had before, cannot publish any more; where there is no copy yet, they can, and the wish stays. Returns those
   * entries that now have the wish: with a copy, or one on its way.
   */
  wantRefresh(keys: readonly EntryKey[], fence: number, now: number): Promise<readonly EntryKey[]>;
  /** Entries whose `expiresAt` has come and which are not purged yet. */
  expired(now: number, limit: number): Promise<readonly EntryKey[]>;
};
