import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coldWorld } from "../../bench/benchmarks/cold-world.ts";
import { hangUp } from "../../bench/load/ask.ts";
import type { Counted } from "../../bench/measure/count-operations.ts";
import { countKinds } from "../../bench/report/operations-and-cost.ts";
import { withWorkers } from "../../bench/server/build-workers.ts";
import { startServer } from "../../bench/server/start-server.ts";
import { bucketLinks } from "../../bench/world/bucket-links.ts";

const REQUESTS = 50;

/**
 * The Worker that is deployed, in raw workerd, and what its requests ask of those who answer for the platform. What was
 * withdrawn is asked for, and hits are written down, about once a second and not by any request: these counts are left out.
 */
describe.runIf(process.platform === "linux")("operations of a request", () => {
  let counted: Readonly<Record<"warm hit" | "cold hit" | "miss", Counted>>;

  beforeAll(async () => {
    counted = await withWorkers({}, async (workers) => {
      const server = await startServer(workers, await coldWorld());
      try {
        const count = await countKinds(server, await bucketLinks(Date.now()), 1);
        const [cold, miss] = [await count["cold hit"](REQUESTS), await count.miss(REQUESTS)];
        return { "cold hit": cold, miss, "warm hit": await countWarm(count["warm hit"]) };
      } finally {
        hangUp();
        await server.stop();
      }
    });
  }, 60_000);

  /** On a busy machine a second may end, after which an isolate has to learn anew what was withdrawn: then once more. */
  async function countWarm(count: (requests: number) => Promise<Counted>): Promise<Counted> {
    for (let again = 0; again < 5; again += 1) {
      const warm = await count(REQUESTS);
      if (warm.operations.entries === 0) return warm;
    }
    return await count(REQUESTS);
  }

  afterAll(hangUp);

  /** All that a request itself may ask for. */
  function asked(kind: keyof typeof counted) {
    const { withdrawals, usage, batches, rows, ...own } = counted[kind].operations;
    return own;
  }

  const NOTHING = {
    entries: 0,
    tenants: 0,
    writes: 0,
    store: 0,
    gate: 0,
    messages: 0,
    queries: 0,
    cache: 0,
    origins: 0,
    others: 0,
  };

  it("of a warm hit are none: no KV, no Durable Object, no Postgres, no queue", () => {
    expect(asked("warm hit")).toEqual(NOTHING);
  });

  it("of a cold hit are one read of KV", () => {
    expect(asked("cold hit")).toEqual({ ...NOTHING, entries: REQUESTS });
  });

  it("of a miss are one read of KV and one message, and at most one call of the gate and one query", () => {
    const { gate, queries, ...others } = asked("miss");
    expect({ ...others, gate: 0, queries: 0 }).toEqual({ ...NOTHING, entries: REQUESTS, messages: REQUESTS });
    for (const count of [gate, queries]) {
      expect(count).toBeGreaterThan(0);
      expect(count).toBeLessThanOrEqual(REQUESTS);
    }
  });

  it("that come once a second are hardly more than seconds", () => {
    for (const { operations } of Object.values(counted)) {
      expect(operations.withdrawals).toBeLessThan(REQUESTS / 2);
      expect(operations.usage).toBeLessThan(REQUESTS / 2);
    }
  });
});
