import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { claimWishes } from "../../src/app/claim-wishes.ts";
import { fillWishes } from "../../src/app/fill-wishes.ts";
import { parseKeyRing } from "../../src/core/crypto/key-ring.ts";
import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import { byGateShard, gateShardOf } from "../../src/core/fills/gate-shards.ts";
import { type GateNamespace, shardedGate } from "../../src/platform/cloudflare/gate-shards.ts";
import { fakeFillQueue } from "../fakes/fill-queue.ts";
import { fillGateContract, OFFER } from "./fill-gate.contract.ts";
import { newKey } from "./keys.ts";

const ring = parseKeyRing(`1:${"A".repeat(43)}`);
if (!ring) throw new Error("the ring does not parse");

fillGateContract("Durable Objects", () => ({
  gate: shardedGate(env.FILL_GATE),
  leaseMs: Number(env.CLAIM_LEASE_MS),
  pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}));

/** The gate's Durable Objects, the names of those that were asked, and whether some hang. */
function watched(hangs: (name: string) => boolean = () => false) {
  const asked: string[] = [];
  const namespace = {
    getByName(name: string) {
      asked.push(name);
      if (hangs(name)) return { claimMany: () => new Promise<never>(() => {}) };
      return env.FILL_GATE.getByName(name);
    },
  };
  return { gate: shardedGate(namespace as unknown as GateNamespace), asked };
}

test("an entry is always asked for at the same of 64 Durable Objects", async () => {
  const { gate, asked } = watched();
  const shards = byGateShard(Array.from({ length: 1000 }, () => ({ key: newKey() })));
  for (const ours of shards) {
    asked.length = 0;
    for (const { key } of ours) await gate.progress(key);
    await gate.claimMany(ours.map(({ key }) => ({ key, offer: OFFER })));
    await gate.giveBack(ours.map(({ key }) => ({ key, fence: 1 })));
    expect(new Set(asked).size).toBe(1);
  }
  expect(shards).toHaveLength(64);
});

test("a Durable Object that hangs keeps nobody's messages but those of its own fills", async () => {
  const sent: FillMessage[] = [];
  const queue = { ...fakeFillQueue(), send: async (messages: readonly FillMessage[]) => void sent.push(...messages) };
  const keys = Array.from({ length: 200 }, () => newKey());
  const slow = gateShardOf(keys[0] ?? newKey());
  const { gate, asked } = watched((name) => name === `gate-${slow}`);
  const about = { publicKey: "key", boundTo: "b".repeat(43), url: "https://files.example/a", urlEndsAt: null };
  const stranger = { trusted: false, expiresAt: null, seen: "", tags: [] };
  const wishes = keys.map((key) => ({ key, ...about, ...stranger, requestId: key.id }));
  const parts = { gate, queue, ring, clock: Date, wishes: fillWishes() };
  claimWishes(wishes, parts).catch(() => {});
  const others = keys.filter((key) => gateShardOf(key) !== slow);
  await vi.waitFor(() => expect(sent).toHaveLength(others.length), { timeout: 10_000 });
  expect(sent.map(({ entry }) => entry).toSorted()).toEqual(others.map(({ id }) => id).toSorted());
  expect(asked.length).toBe(new Set(asked).size);
});
