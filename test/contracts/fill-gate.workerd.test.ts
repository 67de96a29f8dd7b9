import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { type GateNamespace, shardedGate } from "../../src/platform/cloudflare/gate-shards.ts";
import { fillGateContract, OFFER } from "./fill-gate.contract.ts";
import { newKey } from "./keys.ts";

fillGateContract("Durable Objects", () => ({
  gate: shardedGate(env.FILL_GATE),
  leaseMs: Number(env.CLAIM_LEASE_MS),
  pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}));

/** The gate's Durable Objects, the names of those that were asked, and whether some are away. */
function watched(isAway: (call: number) => boolean = () => false) {
  const asked: string[] = [];
  const namespace = {
    getByName(name: string) {
      asked.push(name);
      if (isAway(asked.length)) return { claimMany: () => Promise.reject(new Error("overloaded")) };
      return env.FILL_GATE.getByName(name);
    },
  };
  return { gate: shardedGate(namespace as unknown as GateNamespace), asked };
}

test("many wishes are one call to each Durable Object that has some of them", async () => {
  const { gate, asked } = watched();
  const keys = Array.from({ length: 1000 }, () => newKey());
  await gate.claimMany(keys.map((key) => ({ key, offer: OFFER })));
  expect(asked).toHaveLength(64);
  expect(new Set(asked).size).toBe(64);
});

test("a Durable Object that is away takes nothing from the wishes that others have", async () => {
  const { gate } = watched((call) => call === 1);
  const keys = Array.from({ length: 200 }, () => newKey());
  const answers = await gate.claimMany(keys.map((key) => ({ key, offer: OFFER })));
  const failed = answers.filter((answer) => answer instanceof Error);
  expect(answers.filter((answer) => typeof answer === "number")).toHaveLength(200 - failed.length);
  expect([failed.length > 0, failed.length < 20]).toEqual([true, true]);
});
