import type { EntryKey } from "../core/entry-key.ts";
import { FAULTS, type Fault, isFinal } from "../core/fills/faults.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";

/** A fill whose attempt ended by `fault`. `tries`: attempts until now; `waited`: some under earlier messages. */
export type Ended = {
  readonly key: EntryKey;
  readonly fault: Fault;
  readonly tries: number;
  readonly waited: boolean;
};

/**
 * Whether nothing is left to try. A fault that is retried only so many times has its retry whatever else went wrong
 * before: it counts unless the attempt before is known to have ended by another. Never rejects.
 */
export async function isOver(
  { key, fault, tries, waited }: Ended,
  { ledger, maxAttempts }: { readonly ledger: EntryLedger; readonly maxAttempts: number },
): Promise<boolean> {
  if (FAULTS[fault.code].final) return true;
  // What waited in between would otherwise be tried for ever; the queue counts the rest.
  if (waited && tries >= maxAttempts) return true;
  if (!isFinal(fault, tries)) return false;
  const entry = await ledger.find(key).catch(() => null);
  const before = entry?.failure?.code ?? fault.code;
  return before === fault.code;
}
