import { entryKeyOf } from "../core/entry-key.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import { byGateShard } from "../core/fills/gate-shards.ts";
import type { TenantId } from "../core/tenant.ts";
import type { FillGate, GrantedFill } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import { unsentOf } from "../ports/not-sent.ts";

/** Queues fills that the gate granted. Those that the queue does not take are given back; then it rejects. */
export async function sendFills(
  messages: readonly FillMessage[],
  { gate, queue }: { readonly gate: Pick<FillGate, "giveBack">; readonly queue: Pick<FillQueue, "send"> },
): Promise<void> {
  if (messages.length === 0) return;
  try {
    await queue.send(messages);
  } catch (error) {
    const unsent = unsentOf(messages, error);
    const claims = unsent.map(({ tenant, entry, fence }) => ({ key: entryKeyOf(tenant as TenantId, entry), fence }));
    await giveBack(claims, gate);
    throw error;
  }
}

/**
 * Ends claims whose messages will not be there, by one call of each shard of the gate that has some of them. Rejects when
 * one of the calls does, after all of them.
 */
export async function giveBack(claims: readonly GrantedFill[], gate: Pick<FillGate, "giveBack">): Promise<void> {
  const outcomes = await Promise.allSettled(byGateShard(claims).map((ours) => gate.giveBack(ours)));
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
}
