import { type EntryKey, entryKeyOf } from "./entry-key.ts";
import type { TenantId } from "./tenant.ts";

/**
 * Where an entry stands: `filling`, a copy is wanted or on its way; `ready`, there is one; `stale`, there is one and the
 * origin has changed since; `purged` and `failed` tell why there is none.
 */
export const ENTRY_STATES = ["filling", "ready", "stale", "purged", "failed"] as const;
export type EntryState = (typeof ENTRY_STATES)[number];

/** A stored copy: one generation of an entry's bytes, complete and verified. Never overwritten. */
export type Copy = {
  /** Fresh for every attempt to fill; part of the object's key in the store. */
  readonly generation: string;
  /** Bytes. */
  readonly size: number;
  readonly contentType: string | null;
  /** The validator that we serve: strong, quoted (RFC 9110 section 8.8.3). */
  readonly etag: string;
  /** The ETag that the origin sent with these bytes, weak ones included, or `null`. */
  readonly originEtag: string | null;
  /** Of the whole, in hex; `null`: it was stored in parts that nobody read in their order. */
  readonly sha256: string | null;
  /** What a copy has that was stored in parts side by side; `null`: `sha256` says it all. */
  readonly partsDigest: PartsDigest | null;
  /** Milliseconds since the epoch. */
  readonly storedAt: number;
  /** When the origin's word on how long it is fresh ends, ms since the epoch; `null`: it never gets old by itself. */
  readonly freshUntil: number | null;
};

/** The SHA-256, in hex, of the SHA-256s (32 bytes each) of all parts in their order; all parts but the last are equal. */
export type PartsDigest = { readonly sha256: string; readonly partBytes: number };

/** What a look-up on the way of a request yields: enough to decide, and no more. Kept in the index, made from the ledger. */
export type IndexEntry = HeldEntry | { readonly state: "expired" };

/** An entry with a copy. */
export type HeldEntry = {
  readonly state: "ready" | "stale";
  /** Digest of the identity that the entry is bound to. */
  readonly boundTo: string;
  /** Where the bytes came from, without the query: enough to find the origin rule. */
  readonly source: string;
  readonly copy: Copy;
  /** From this moment, in ms since the epoch, the copy is not served; `null`: no such moment. */
  readonly expiresAt: number | null;
  /** Somebody wants the copy made anew, and served meanwhile. */
  readonly refreshWanted?: true;
};

/** All that the ledger knows of an entry. */
export type LedgerEntry = {
  readonly key: EntryKey;
  /** As the customer names it. */
  readonly publicKey: string;
  readonly state: EntryState;
  readonly boundTo: string;
  /** Whether a caller that we know named the entry: then only such a caller can bind it to another object. */
  readonly trusted: boolean;
  /** Without its credentials. */
  readonly sourceUrl: string;
  readonly copy: Copy | null;
  readonly expiresAt: number | null;
  /** Somebody wants the copy made anew, and served meanwhile. Where there is none yet: the first one, once it is there. */
  readonly refreshWanted: boolean;
  /** Names under which it can be purged with others, sorted, in lower case. They outlive a purge. */
  readonly tags: readonly string[];
  readonly failure: Failure | null;
  readonly hits: number;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** Why a fill ended without a copy: a code for programs, a sentence for people, no credential in either. */
export type Failure = { readonly code: string; readonly message: string };

/** Why an entry has no copy any more that nobody took away. */
export const COPY_LOST: Failure = {
  code: "COPY_LOST",
  message: "The store has lost the copy; the next download has another one made.",
};

/** What the index keeps of a ledger entry, or `null` when there is nothing to tell. */
export function indexEntryOf(entry: LedgerEntry, now: number): IndexEntry | null {
  if (isExpired(entry, now)) return { state: "expired" };
  if (!entry.copy || (entry.state !== "ready" && entry.state !== "stale")) return null;
  const { state, boundTo, copy, expiresAt, refreshWanted } = entry;
  const held = { state, boundTo, source: entry.sourceUrl.replace(/[?#].*$/s, ""), copy, expiresAt };
  return refreshWanted ? { ...held, refreshWanted } : held;
}

/**
 * Whether the tenant asked for the copy to be gone by `now` (ms since the epoch). Such an entry is not filled again by
 * whoever comes by: only a new preload, or a purge, ends that wish.
 */
export function isExpired(entry: { readonly expiresAt: number | null }, now: number): boolean {
  return entry.expiresAt !== null && entry.expiresAt <= now;
}

/** Whether the origin's word on how long a copy is fresh still holds at `now` (ms since the epoch). */
export function isFresh(copy: Pick<Copy, "freshUntil"> | null, now: number): boolean {
  return copy !== null && (copy.freshUntil === null || copy.freshUntil > now);
}

/** Where a generation lies in the store. The tenant comes first, so that one can be listed, moved and dropped alone. */
export function objectKey(key: EntryKey, generation: string): string {
  return `${key.tenant}/${key.id}/${generation}`;
}

/** A dot ends the name of the store that a generation lies in. */
const OBJECT_KEY = /^([^/]+)\/([A-Za-z0-9_-]{43})\/((?:[a-z0-9-]+\.)?[A-Za-z0-9_-]+)$/;

/** What {@link objectKey} put together; `null`: the text is the key of something else. */
export function parseObjectKey(text: string): { readonly key: EntryKey; readonly generation: string } | null {
  const [, tenant, id, generation] = OBJECT_KEY.exec(text) ?? [];
  if (tenant === undefined || id === undefined || generation === undefined) return null;
  return { key: entryKeyOf(tenant as TenantId, id), generation };
}
