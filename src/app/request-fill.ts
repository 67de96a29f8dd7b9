import type { KeyRing } from "../core/crypto/key-ring.ts";
import { seal } from "../core/crypto/seal.ts";
import { type EntryKey, entryKeyOf, keyText } from "../core/entry-key.ts";
import type { FillMessage } from "../core/fills/fill-message.ts";
import type { TenantId } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { ClaimAnswer, FillGate, OfferedUrl } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { FillWishes } from "./fill-wishes.ts";
import { inTurns } from "./in-turns.ts";

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
  /** What was known of the entry: what the gate said to others counts for who knows the same. */
  readonly seen: string;
  /** Names under which the copy can be purged with others, beside those of its origin's rule. */
  readonly tags: readonly string[];
  readonly requestId: string;
};

export type FillParts = {
  readonly gate: FillGate;
  readonly queue: FillQueue;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly wishes: FillWishes;
  /** Resolves after so many ms. */
  readonly pause: (ms: number) => Promise<void>;
};

/** How long the queue may take, in ms. Nobody waits for it, but a claim must not outlive its message. */
const QUEUE_BUDGET_MS = 5_000;
/** Calls to the gate that are under way at once while claims are given back. */
const CALLS_AT_ONCE = 32;

/**
 * Asks the gate and queues the fill when nobody else has it; whoever has it is left our URL, should that live longer. What
 * is wanted at about the same time goes in one batch. The first who wants something carries it: that call ends when all
 * of it is sent, the others' at once. What could not be asked for, or sent, is given back and forgotten, so that the next
 * download asks again; then the carrier rejects, once for all of it.
 */
export async function requestFill(request: FillRequest, parts: FillParts): Promise<void> {
  if (!parts.wishes.add(request, parts.clock.now())) return;
  await parts.pause(parts.wishes.gatherMs());
  await claimAll(parts.wishes.take(), parts);
}

async function claimAll(requests: readonly FillRequest[], parts: FillParts): Promise<void> {
  const { recent } = parts.wishes;
  try {
    const wishes = await Promise.all(
      requests.map(async (request) => ({ ...request, offer: await offerOf(request, parts.ring) })),
    );
    const answers = await parts.gate.claimMany(wishes.map(({ key, offer }) => ({ key, offer })));
    const granted = wishes.flatMap(({ offer, ...wish }, at) => {
      const answer = answers[at];
      return typeof answer === "number" ? [fillMessage(wish, offer, answer)] : [];
    });
    await sendFills(granted, parts);
    for (const [at, request] of requests.entries()) note(request, answers[at]);
    const failed = answers.find((answer) => answer instanceof Error);
    if (failed) throw failed;
  } catch (error) {
    for (const { key } of requests) recent.forgetAsking(keyText(key), parts.clock.now());
    throw error;
  }

  function note(request: FillRequest, answer: ClaimAnswer | undefined): void {
    if (answer === undefined || answer instanceof Error) return;
    recent.told(keyText(request.key), request, answer === "quiet" ? "quiet" : "filling", parts.clock.now());
  }
}

/** Queues fills that the gate granted, or gives all of them back. */
export async function sendFills(
  messages: readonly FillMessage[],
  { gate, queue }: Pick<FillParts, "gate" | "queue">,
): Promise<void> {
  if (messages.length === 0) return;
  try {
    await withinBudget("queue", QUEUE_BUDGET_MS, queue.send(messages));
  } catch (error) {
    await inTurns(messages, CALLS_AT_ONCE, async ({ tenant, entry, fence }) => {
      await gate.finish(entryKeyOf(tenant as TenantId, entry), fence, 0);
    });
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
export function fillMessage(request: Omit<FillRequest, "seen">, { sealedUrl }: OfferedUrl, fence: number): FillMessage {
  const { key, publicKey, boundTo, trusted, expiresAt, tags, requestId } = request;
  const { tenant, id: entry } = key;
  const fill = { tenant, entry, fence, publicKey, trusted, expiresAt, boundTo, sealedUrl, requestId };
  return { version: 4, ...fill, lane: 0, spent: 0, tags: [...tags] };
}
