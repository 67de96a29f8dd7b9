import { env } from "cloudflare:workers";
import { shardedGate } from "../../src/platform/cloudflare/gate-shards.ts";
import { fillGateContract } from "./fill-gate.contract.ts";

fillGateContract("Durable Objects", () => ({
  gate: shardedGate(env.FILL_GATE),
  leaseMs: Number(env.CLAIM_LEASE_MS),
  pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
}));
