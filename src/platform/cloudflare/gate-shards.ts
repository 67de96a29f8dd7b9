import { type EntryKey, keyText } from "../../core/entry-key.ts";
import type { ClaimAnswer, FillGate, FillWish, GateShard } from "../../ports/fill-gate.ts";

/**
 * Durable Objects that share the claims. One takes about 1,000 requests a second
 * (https://developers.cloudflare.com/durable-objects/platform/limits/); one per entry would cost seven times as much
 * processor time, since the first use of each makes its storage. Another number forgets the claims under way.
 */
export const GATE_SHARDS = 64;

/** A shard is called over RPC. */
export type GateNamespace = DurableObjectNamespace<GateShard & Rpc.DurableObjectBranded>;

const NO_ANSWER = new Error("the gate gave fewer answers than there were wishes");

/** The gate, spread over Durable Objects by entry. Fails closed: a call that rejects granted nothing. No time budget. */
export function shardedGate(namespace: GateNamespace): FillGate {
  const shard = (key: EntryKey) => namespace.getByName(`gate-${shardOf(key)}`);
  return {
    claim: async (key, offer, insist) => await shard(key).claim(key, offer, insist),
    async claimMany(wishes) {
      const answers: ClaimAnswer[] = [];
      const asked = [...byShard(wishes)].map(async ([number, positions]) => {
        const ours = positions.flatMap((position) => wishes[position] ?? []);
        const told = await ask(namespace.getByName(`gate-${number}`), ours);
        for (const [at, position] of positions.entries()) answers[position] = told[at] ?? NO_ANSWER;
      });
      await Promise.all(asked);
      return answers;
    },
    begin: async (key, holder) => await shard(key).begin(key, holder),
    renew: async (key, holder) => await shard(key).renew(key, holder),
    plan: async (key, holder, plan) => await shard(key).plan(key, holder, plan),
    dropPlan: async (key, holder) => await shard(key).dropPlan(key, holder),
    partDone: async (key, holder, part) => await shard(key).partDone(key, holder, part),
    next: async (key, holder) => await shard(key).next(key, holder),
    requeue: async (key, holder, delayMs) => await shard(key).requeue(key, holder, delayMs),
    finish: async (key, fence, quietMs) => await shard(key).finish(key, fence, quietMs),
    pause: async (key, fence) => await shard(key).pause(key, fence),
    leave: async (key, holder) => await shard(key).leave(key, holder),
    revoke: async (key) => await shard(key).revoke(key),
    progress: async (key) => await shard(key).progress(key),
  };
}

/** The positions of the wishes that each shard has. */
function byShard(wishes: readonly FillWish[]): Map<number, number[]> {
  const shards = new Map<number, number[]>();
  for (const [position, { key }] of wishes.entries()) {
    const shard = shardOf(key);
    const positions = shards.get(shard);
    if (positions) positions.push(position);
    else shards.set(shard, [position]);
  }
  return shards;
}

/** One shard that is away takes nothing from the wishes that others have. */
async function ask(shard: Pick<GateShard, "claimMany">, wishes: readonly FillWish[]): Promise<readonly ClaimAnswer[]> {
  try {
    return await shard.claimMany(wishes);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    return wishes.map(() => failure);
  }
}

/** FNV-1a, 32 bits. Of the whole key: callers may choose an id (`url-…`), and could pile theirs upon one shard. */
function shardOf(key: EntryKey): number {
  let hash = 0x811c9dc5;
  for (const character of keyText(key)) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0) % GATE_SHARDS;
}
