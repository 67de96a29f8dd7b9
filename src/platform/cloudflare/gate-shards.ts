import type { EntryKey } from "../../core/entry-key.ts";
import { gateShardOf, oneShardOf } from "../../core/fills/gate-shards.ts";
import type { FillGate } from "../../ports/fill-gate.ts";

/** A shard is called over RPC. */
export type GateNamespace = DurableObjectNamespace<FillGate & Rpc.DurableObjectBranded>;

/** The gate, spread over Durable Objects by entry. Fails closed: a call that rejects granted nothing. No time budget. */
export function shardedGate(namespace: GateNamespace): FillGate {
  const numbered = (shard: number) => namespace.getByName(`gate-${shard}`);
  const shard = (key: EntryKey) => numbered(gateShardOf(key));
  const shardOfAll = (all: readonly { readonly key: EntryKey }[]) => numbered(oneShardOf(all.map(({ key }) => key)));
  return {
    claim: async (key, offer, insist) => await shard(key).claim(key, offer, insist),
    claimMany: async (wishes) => await shardOfAll(wishes).claimMany(wishes),
    giveBack: async (claims) => await shardOfAll(claims).giveBack(claims),
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
