import type { KeyRing } from "../core/crypto/key-ring.ts";
import { seal } from "../core/crypto/seal.ts";
import { type EntryKey, keyText } from "../core/entry-key.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import type { FillGate, OfferedUrl } from "../ports/fill-gate.ts";
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
  /** When that URL ends, ms since the epoch; `null`: it does not tell. */
  readonly urlEndsAt: number | null;
  readonly trusted: boolean;
  /** When the tenant wants the copy gone, ms since the epoch; `null`: no wish. */
  readonly expiresAt: number | null;
  /** Names under which the copy can be purged with others, beside those of its origin's rule. */
  readonly tags: readonly string[];
  readonly requestId: string;
};

export type FillParts = { readonly gate: FillGate; readonly queue: FillQueue; readonly ring: KeyRing };

/** How long the queue may take, in ms. Nobody waits for it, but a claim must not outlive its message. */
const QUEUE_BUDGET_MS = 5_000;

/**
 * Asks the gate and queues the fill when nobody else has it; whoever has it is left our URL, should that live longer. A
 * claim whose message could not be sent is given back.
 */
export async function requestFill(request: FillRequest, parts: FillParts): Promise<void> {
  const offer = await offerOf(request, parts.ring);
  const fence = await parts.gate.claim(request.key, offer, false);
  if (fence !== null) await sendFill(request.key, fillMessage(request, offer, fence), parts);
}

/** Queues a fill that the gate granted, or gives it back. */
export async function sendFill(
  key: EntryKey,
  message: FillMessage,
  { gate, queue }: Pick<FillParts, "gate" | "queue">,
): Promise<void> {
  try {
    await withinBudget("queue", QUEUE_BUDGET_MS, queue.send([message]));
  } catch (error) {
    await gate.finish(key, message.fence, 0);
    throw error;
  }
}

/** The request's URL as the gate and the queue may keep it: sealed to the entry. */
export async function offerOf(
  { key, boundTo, url, urlEndsAt }: Pick<FillRequest, "key" | "boundTo" | "url" | "urlEndsAt">,
  ring: KeyRing,
): Promise<OfferedUrl> {
  return { boundTo, sealedUrl: await seal(ring, "stored-url", url, keyText(key)), endsAt: urlEndsAt };
}

/** The message of a granted fill. */
export function fillMessage(request: FillRequest, { sealedUrl }: OfferedUrl, fence: number): FillMessage {
  const { key, publicKey, boundTo, trusted, expiresAt, tags, requestId } = request;
  const { tenant, id: entry } = key;
  const fill = { tenant, entry, fence, publicKey, trusted, expiresAt, boundTo, sealedUrl, requestId };
  return { version: 4, ...fill, lane: 0, spent: 0, tags: [...tags] };
}
