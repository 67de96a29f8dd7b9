import type { KeyRing } from "../core/crypto/key-ring.ts";
import { seal } from "../core/crypto/seal.ts";
import { type EntryKey, keyText } from "../core/entry-key.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import { withinBudget } from "../ports/time-budget.ts";

/** A copy that is wanted. */
export type FillRequest = {
  readonly key: EntryKey;
  readonly publicKey: string;
  /** Digest of the identity of the object that the URL names. */
  readonly boundTo: string;
  /** Signed, in clear: it is sealed before it leaves. */
  readonly url: string;
  readonly trusted: boolean;
  /** When the tenant wants the copy gone, ms since the epoch; `null`: no wish. */
  readonly expiresAt: number | null;
  readonly requestId: string;
};

export type FillParts = { readonly gate: FillGate; readonly queue: FillQueue; readonly ring: KeyRing };

/** How long the queue may take, in ms. Nobody waits for it, but a claim must not outlive its message. */
const QUEUE_BUDGET_MS = 5_000;

/** Asks the gate and queues the fill when nobody else has it. A claim whose message could not be sent is given back. */
export async function requestFill(request: FillRequest, { gate, queue, ring }: FillParts): Promise<void> {
  const fence = await gate.claim(request.key);
  if (fence === null) return;
  try {
    await withinBudget("queue", QUEUE_BUDGET_MS, queue.send([await fillMessage(request, fence, ring)]));
  } catch (error) {
    await gate.finish(request.key, fence);
    throw error;
  }
}

/** The message of a granted fill, its URL sealed to the entry. */
export async function fillMessage(request: FillRequest, fence: number, ring: KeyRing): Promise<FillMessage> {
  const { key, publicKey, boundTo, url, trusted, expiresAt, requestId } = request;
  const sealedUrl = await seal(ring, "stored-url", url, keyText(key));
  const { tenant, id: entry } = key;
  return { version: 2, tenant, entry, fence, publicKey, trusted, expiresAt, boundTo, sealedUrl, requestId };
}
