import type { EntryKey } from "./entry-key.ts";

/**
 * What a tenant has withdrawn, so small that every isolate can keep it: links below `epoch` count no more, and what a
 * cache in front of the store keeps of an entry counts only under the present number of the entry's shard.
 */
export type Withdrawals = {
  readonly epoch: number;
  /** One number per shard; each purge raises that of its entry. */
  readonly purges: readonly number[];
  /** When somebody last asked for a purge, in ms since the epoch; 0: never. What was fetched before may be what they meant. */
  readonly purgedAt: number;
};

/** A purge has 1 in so many of a tenant's cached copies asked for again. */
export const PURGE_SHARDS = 64;

/** Nothing was ever withdrawn. */
export const NOTHING_WITHDRAWN: Withdrawals = {
  epoch: 0,
  purges: new Array<number>(PURGE_SHARDS).fill(0),
  purgedAt: 0,
};

/** The shard of an entry: ids are digests in base64url, and their first characters as good as random. */
export function purgeShard({ id }: Pick<EntryKey, "id">): number {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  return Math.max(0, alphabet.indexOf(id.charAt(0)));
}

/** Every link that was made until now is withdrawn. */
export function revokeLinks(withdrawals: Withdrawals): Withdrawals {
  return { ...withdrawals, epoch: withdrawals.epoch + 1 };
}

/** What caches keep of the entries of these shards is withdrawn. A shard that there is not changes nothing. */
export function notePurges(withdrawals: Withdrawals, shards: readonly number[]): Withdrawals {
  const wanted = new Set(shards);
  return { ...withdrawals, purges: withdrawals.purges.map((count, shard) => count + (wanted.has(shard) ? 1 : 0)) };
}

/** Somebody asks for a purge at this moment. */
export function notePurging(withdrawals: Withdrawals, at: number): Withdrawals {
  return { ...withdrawals, purgedAt: Math.max(withdrawals.purgedAt, at) };
}

/** Whether a link of this epoch counts no more. One of a higher epoch is newer than what is known here. */
export function isRevoked({ epoch }: { readonly epoch: number }, withdrawals: Withdrawals): boolean {
  return epoch < withdrawals.epoch;
}
