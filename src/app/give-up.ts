import { entryKeyOf } from "../core/entry-key.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import type { TenantId } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import type { UsageSink } from "../ports/usage-sink.ts";

export type GiveUpParts = {
  readonly ledger: EntryLedger;
  readonly gate: FillGate;
  readonly queue: FillQueue;
  readonly clock: Clock;
  readonly usage: UsageSink;
  readonly maxAttempts: number;
};

/**
 * Ends a fill whose message the queue has given up: the entry fails with the reason of its last attempt, and its claim
 * is free for the next download. An attempt that is alive is left alone: a second delivery of its message may have been
 * given up for finding it at work. One of several lanes leaves its share to the first, which has one attempt more.
 */
export async function giveUp(
  message: FillMessage,
  { ledger, gate, queue, clock, usage, maxAttempts }: GiveUpParts,
): Promise<void> {
  const key = entryKeyOf(message.tenant as TenantId, message.entry);
  const holder = { fence: message.fence, lane: message.lane, holder: "given up" };
  const begun = await gate.begin(key, holder);
  if (typeof begun === "string") return;
  if (message.lane > 0) {
    await queue.send([{ ...message, lane: 0, spent: maxAttempts - 1 }]);
    await gate.leave(key, holder);
    return;
  }
  try {
    const entry = await ledger.find(key);
    const reason = entry?.failure ?? { code: "GAVE_UP", message: "The fill was tried too often without an end." };
    await ledger.fail(key, message.fence, reason, true, clock.now());
    usage.record({ kind: "fill-failed", key, rule: null, code: reason.code, attempts: maxAttempts });
  } catch (error) {
    // Else the message, when it comes again, would find this very call at work.
    await gate.requeue(key, holder, 0);
    throw error;
  }
  await gate.finish(key, message.fence, 0);
}
