import { isExpired, type LedgerEntry, objectKey } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { ObjectStore } from "../ports/object-store.ts";

export type PurgeParts = {
  readonly gate: FillGate;
  readonly ledger: EntryLedger;
  readonly index: EntryIndex;
  readonly store: ObjectStore;
  readonly clock: Clock;
};

/** Why a copy goes: somebody asked now, or the moment has come that the tenant named before. */
export type PurgeReason = "asked" | "expired";

/**
 * Removes an entry's copy from store, ledger and index, and stops the fill that may be under way. `false`: there was
 * nothing. Rejects when a part could not be reached; then what is left still stands in the ledger, and the same call
 * again ends the work.
 */
export async function purge(key: EntryKey, reason: PurgeReason, parts: PurgeParts): Promise<boolean> {
  const { gate, ledger, index, store, clock } = parts;
  if (reason === "expired") {
    // Who sends us may have it from an index that lags, or from a list that was read before the tenant moved the moment.
    const entry = await ledger.find(key);
    if (!entry || !isExpired(entry, clock.now())) return false;
  }
  // First the gate: from here on no fill that began before can publish.
  const { fence, stopped } = await gate.revoke(key);
  const known = await ledger.find(key);
  if (known) await discard(known, store);
  // Also of what was purged before: a fill may have begun since, and must find this fence.
  const result = await ledger.purge(key, fence, reason === "expired", clock.now());
  // A fill may have published between the two looks at the ledger.
  if (result?.purged) await store.delete(objectKey(key, result.purged.generation));
  await index.remove(key);
  return result !== null || stopped;
}

async function discard({ key, copy }: LedgerEntry, store: ObjectStore): Promise<void> {
  if (copy) await store.delete(objectKey(key, copy.generation));
}
