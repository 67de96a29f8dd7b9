import type { LedgerEntry } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import type { Link } from "../core/link.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import { project } from "./project.ts";
import { noteWithdrawn, type WithdrawParts } from "./withdraw.ts";

export type LostCopyParts = {
  readonly ledger: Pick<EntryLedger, "find" | "lose">;
  readonly index: EntryIndex;
  readonly clock: Clock;
  readonly withdrawals: WithdrawParts["withdrawals"];
};

/**
 * The store has not what a link names. Where the ledger still tells of it, downloads would be sent there again and again:
 * it forgets the copy, and the next download is a miss that fills. A link to what was replaced or purged changes nothing.
 */
export async function noteLost(
  { key, generation }: Pick<Link, "key" | "generation">,
  parts: LostCopyParts,
): Promise<void> {
  const known = await parts.ledger.find(key);
  if (known?.copy?.generation !== generation) return await forgetProjection(key, generation, known, parts);
  // While the ledger knows the copy, as a purge does it: one that broke off would find no copy when it comes again.
  await noteWithdrawn([key], parts);
  const lost = await parts.ledger.lose(key, generation, parts.clock.now());
  if (lost) await project(key, await parts.ledger.find(key), parts);
}

/** A purge that broke off, or a store of ours that lags, may have left an index that sends downloads here. */
async function forgetProjection(
  key: EntryKey,
  generation: string,
  known: LedgerEntry | null,
  parts: LostCopyParts,
): Promise<void> {
  const indexed = await parts.index.get(key);
  if (indexed && "copy" in indexed && indexed.copy.generation === generation) await project(key, known, parts);
}
