import { isExpired, type LedgerEntry, objectKey } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import { LINK_LIFE_MS, LINK_WINDOW_MS } from "../core/link.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { ObjectStore } from "../ports/object-store.ts";
import type { UsageSink } from "../ports/usage-sink.ts";
import { noteWithdrawn, type WithdrawParts } from "./withdraw.ts";

export type PurgeParts = {
  readonly gate: FillGate;
  readonly ledger: EntryLedger;
  readonly index: EntryIndex;
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly withdrawals: WithdrawParts["withdrawals"];
  readonly usage: UsageSink;
};

/** Why a copy goes: somebody asked now, or the moment has come that the tenant named before. */
export type PurgeReason = "asked" | "expired";

/**
 * Removes an entry's copy from store, ledger and index, and stops the fill that may be under way. `false`: there was
 * nothing. Rejects when a part could not be reached; then what is left still stands in the ledger, and the same call
 * again ends the work. Who asked is only told that it is done after `untilWithdrawn`. Links to a copy that was to end now
 * end with it, so that no cache has to hear of those, unless the moment was moved since one of them was made.
 */
export async function purge(key: EntryKey, reason: PurgeReason, parts: PurgeParts): Promise<boolean> {
  const { gate, ledger, index, store, clock } = parts;
  if (reason === "expired") {
    // Who sends us may have it from an index that lags, or from a list that was read before the tenant moved the moment.
    const entry = await ledger.find(key);
    if (!entry || !isExpired(entry, clock.now())) return false;
  }
  // First the gate: no fill that began before goes on.
  const { fence, stopped } = await gate.revoke(key);
  // Then the ledger, where one may be about to: what it tells now is all there is.
  const known = await ledger.raiseFence(key, fence);
  if (known?.copy) await store.delete(objectKey(key, known.copy.generation));
  const withdraws = reason === "asked" || (known !== null && mayBeOutlived(known, clock.now()));
  // While the ledger knows the copy: a call that broke off here finds it, and does this, again.
  if (known?.copy && withdraws) await noteWithdrawn([key], parts);
  const result = await ledger.purge(key, fence, reason === "expired", clock.now());
  await index.remove(key);
  const wasThere = result !== null || stopped;
  if (wasThere && reason === "asked") parts.usage.record({ kind: "purge", key, rule: null });
  return wasThere;
}

/** Whether a link may live that knows of no moment, or of a later one: whoever moves it writes to the entry. */
function mayBeOutlived({ updatedAt }: LedgerEntry, now: number): boolean {
  return now < updatedAt + LINK_LIFE_MS + LINK_WINDOW_MS;
}
