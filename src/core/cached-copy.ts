import { objectKey } from "./entry.ts";
import type { EntryKey } from "./entry-key.ts";
import { purgeShard, type Withdrawals } from "./withdrawals.ts";

/**
 * Under what a cache in front of the store keeps a copy. A refill has another generation and a purge another number, so
 * that what they replaced is never asked for again.
 */
export function cachedCopyName(key: EntryKey, generation: string, { purges }: Withdrawals): string {
  return `${objectKey(key, generation)}/${purges[purgeShard(key)] ?? 0}`;
}

/**
 * Tags of what is kept of an entry: its tenant's and its own. A purge by one of them lets go of bytes early; that nobody
 * gets old ones is the name's affair, not theirs.
 */
export function cacheTags({ tenant, id }: EntryKey): string[] {
  return [tenantTag(tenant), entryTag({ tenant, id })];
}

/** The tag of everything of a tenant. Ids of tenants may hold what a tag may not. */
export function tenantTag(tenant: string): string {
  return `tenant:${encodeURIComponent(tenant)}`;
}

/** The tag of an entry. The network folds case: another entry may go with it, which costs one read of the store. */
export function entryTag({ tenant, id }: Pick<EntryKey, "tenant" | "id">): string {
  return `entry:${encodeURIComponent(tenant)}/${id}`;
}
