import { indexEntryOf, type LedgerEntry } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";

export type ProjectParts = {
  readonly ledger: Pick<EntryLedger, "find">;
  readonly index: EntryIndex;
  readonly clock: Clock;
};

/**
 * Makes the index say what the ledger says; `entry` is what it said last. The ledger is asked again afterwards: a purge
 * in between has removed an index entry that was then written again, and nobody else would notice.
 */
export async function project(
  key: EntryKey,
  entry: LedgerEntry | null,
  { ledger, index, clock }: ProjectParts,
): Promise<void> {
  for (let known = entry; ; ) {
    const projected = known && indexEntryOf(known, clock.now());
    await (projected ? index.put(key, projected) : index.remove(key));
    const now = await ledger.find(key);
    if (saysTheSame(known, now)) return;
    known = now;
  }
}

function saysTheSame(one: LedgerEntry | null, other: LedgerEntry | null): boolean {
  return (
    one?.state === other?.state &&
    one?.copy?.generation === other?.copy?.generation &&
    one?.expiresAt === other?.expiresAt &&
    one?.refreshWanted === other?.refreshWanted
  );
}
