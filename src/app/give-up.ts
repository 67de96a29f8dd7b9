import { entryKeyOf } from "../core/entry-key.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import type { TenantId } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import type { FillGate } from "../ports/fill-gate.ts";

/**
 * Ends a fill whose message the queue has given up: the entry fails with the reason of its last attempt, and its claim
 * is free for the next download. An attempt that is alive is left alone: a second delivery of its message may have been
 * given up for finding it at work.
 */
export async function giveUp(
  message: FillMessage,
  { ledger, gate, clock }: { ledger: EntryLedger; gate: FillGate; clock: Clock },
): Promise<void> {
  const key = entryKeyOf(message.tenant as TenantId, message.entry);
  const begun = await gate.begin(key, message.fence, "given up");
  if (begun !== "begun") return;
  try {
    const entry = await ledger.find(key);
    const reason = entry?.failure ?? { code: "GAVE_UP", message: "The fill was tried too often without an end." };
    await ledger.fail(key, message.fence, reason, true, clock.now());
  } catch (error) {
    // Else the message, when it comes again, would find this very call at work.
    await gate.requeue(key, message.fence, "given up", 0);
    throw error;
  }
  await gate.finish(key, message.fence);
}
