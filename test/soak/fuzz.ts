import { type FuzzFound, fuzz as fuzzServer } from "../system/delivery/fuzz/fuzz.ts";
import { startRawWorker } from "../system/delivery/fuzz/raw-worker.ts";
import { tokensFor } from "../system/delivery/fuzz/tokens.ts";
import { HOSTS, NAMES, RING, targets } from "../system/delivery/fuzz/world.ts";
import type { Outcome } from "./outcome.ts";

/** The same every time: what it finds, it finds again. */
export const SEED = 20_261_121;

/**
 * Random and mutated tokens, ranges, conditions and host names against the built api Worker: nothing of it may be a server
 * error, and no byte is served without a token that counts.
 */
export async function fuzz({ cases = 100_000, seed = SEED } = {}): Promise<Outcome> {
  const server = await startRawWorker();
  try {
    const tokens = await tokensFor(RING, targets());
    const found = await fuzzServer({ port: server.port, tokens, names: NAMES, hosts: HOSTS, cases, seed });
    return outcomeOf(found);
  } finally {
    await server.stop();
  }
}

function outcomeOf({ faults, cases, seconds, statuses, valid, served, spoilt }: FuzzFound): Outcome {
  const figures = {
    requests: cases,
    seconds: Math.round(seconds),
    "tokens that nothing opens": spoilt,
    "tokens that count": valid,
    "answers with bytes": served,
    ...Object.fromEntries(Object.entries(statuses).map(([status, count]) => [statusText(status), count])),
  };
  const rows = Object.entries(figures).map(([name, figure]) => [name, String(figure)]);
  return { head: ["what", "how many"], rows, failures: faults };
}

function statusText(status: string): string {
  return status === "0" ? "connections that were closed" : `status ${status}`;
}
