import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import type { PurgeMessage } from "../../src/core/purge/purge-message.ts";
import { queuePurges } from "../../src/platform/cloudflare/queue.ts";
import { purgeQueueContract } from "./purge-queue.contract.ts";

purgeQueueContract("Cloudflare Queues", () => ({
  queue: queuePurges(env.CONTRACT_FILLS as Queue<unknown> as Queue<PurgeMessage>),
  // The consumer of this queue, in vitest.config.ts, writes each body to KV.
  async arrived(tenant, count) {
    const prefix = `arrived:${tenant}:`;
    const names = await vi.waitFor(
      async () => {
        const { keys } = await env.INDEX.list({ prefix });
        expect(keys).toHaveLength(count);
        return keys.map(({ name }) => name);
      },
      { timeout: 8_000, interval: 50 },
    );
    return await Promise.all(names.map((name) => env.INDEX.get(name, "json")));
  },
}));
