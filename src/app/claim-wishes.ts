import type { KeyRing } from "../core/crypto/key-ring.ts";
import { keyText } from "../core/entry-key.ts";
import type { ClaimRuling } from "../core/fills/claims.ts";
import { byGateShard } from "../core/fills/gate-shards.ts";
import type { Clock } from "../ports/clock.ts";
import type { FillGate, OfferedUrl } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import { BudgetExceeded, withinBudget } from "../ports/time-budget.ts";
import { type FillRequest, fillMessage, offerOf } from "./fill-request.ts";
import type { FillWishes } from "./fill-wishes.ts";
import { sendFills } from "./send-fills.ts";

export type ClaimParts = {
  readonly gate: FillGate;
  readonly queue: FillQueue;
  readonly ring: KeyRing;
  readonly clock: Clock;
  readonly wishes: Pick<FillWishes, "recent">;
};

/** A wish with its URL sealed, and what the gate said to it. */
type Offered = FillRequest & { readonly offer: OfferedUrl };
type Told = { readonly wish: Offered; readonly answer: ClaimRuling | undefined };

/** How long answers of shards wait for those of others, in ms: one batch has the messages of all that came meanwhile. */
export const GATHER_ANSWERS_MS = 1_000;
/** How long a shard is waited for, in ms: its messages, too, are to leave in the 30 s that a Worker's background has. */
export const GATE_BUDGET_MS = 15_000;

/**
 * Asks each shard of the gate once for all that it has of the wishes, and queues what is granted: in one batch, or, where
 * some shards are slow, in one each second. A claim is for a message, so what a shard has granted is queued whatever
 * becomes of the others. Rejects after all of it, when some of it failed: that is forgotten, and the next who wants it asks
 * again.
 */
export async function claimWishes(requests: readonly FillRequest[], parts: ClaimParts): Promise<void> {
  const told: Told[] = [];
  const wishes = await orForget(requests, parts, offered(requests, parts.ring));
  const asked = byGateShard(wishes).map(async (ours) => {
    told.push(...(await orForget(ours, parts, claimed(ours, parts.gate))));
  });
  const answered = Promise.allSettled(asked);
  const concluded: Promise<PromiseSettledResult<void>[]>[] = [];
  let isLate = true;
  for (let waited = 0; isLate && waited < GATE_BUDGET_MS; waited += GATHER_ANSWERS_MS) {
    const gathering = withinBudget("gate", GATHER_ANSWERS_MS, answered);
    isLate = await gathering.then(
      () => false,
      () => true,
    );
    concluded.push(Promise.allSettled([conclude(told.splice(0), parts)]));
  }
  const outcomes = [...(await Promise.all(concluded)).flat(), ...(isLate ? [] : await answered)];
  const failed = outcomes.find((outcome) => outcome.status === "rejected");
  if (failed) throw failed.reason;
  if (isLate) throw new BudgetExceeded("gate", GATE_BUDGET_MS);
}

async function offered(requests: readonly FillRequest[], ring: KeyRing): Promise<Offered[]> {
  return await Promise.all(requests.map(async (request) => ({ ...request, offer: await offerOf(request, ring) })));
}

/** The wishes are all of one shard. */
async function claimed(wishes: readonly Offered[], gate: FillGate): Promise<Told[]> {
  const answers = await gate.claimMany(wishes.map(({ key, offer }) => ({ key, offer })));
  return wishes.map((wish, at) => ({ wish, answer: answers[at] }));
}

/** Queues what was granted, and remembers what was said. */
async function conclude(told: readonly Told[], parts: ClaimParts): Promise<void> {
  const granted = told.flatMap(({ wish, answer }) => {
    return typeof answer === "number" ? [fillMessage(wish, wish.offer, answer)] : [];
  });
  const wishes = told.map(({ wish }) => wish);
  await orForget(wishes, parts, sendFills(granted, parts));
  for (const { wish, answer } of told) {
    if (answer === undefined) continue;
    parts.wishes.recent.told(keyText(wish.key), wish, answer === "quiet" ? "quiet" : "filling", parts.clock.now());
  }
}

/** When the work on these wishes fails, it is as if nobody had asked. */
async function orForget<Value>(
  requests: readonly FillRequest[],
  { wishes, clock }: ClaimParts,
  work: Promise<Value>,
): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    for (const { key } of requests) wishes.recent.forgetAsking(keyText(key), clock.now());
    throw error;
  }
}
