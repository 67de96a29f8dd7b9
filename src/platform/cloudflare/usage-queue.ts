import type { UsageBatch } from "../../core/usage/batch.ts";
import type { UsageQueue } from "../../ports/usage-queue.ts";

/**
 * Batches of usage in a Cloudflare Queue, one message each: several may be larger together than one call takes (256 KB).
 * https://developers.cloudflare.com/queues/platform/limits/
 */
export function queueUsage(queue: Queue<UsageBatch>): UsageQueue {
  return {
    async send(batches) {
      const outcomes = await Promise.allSettled(batches.map((batch) => queue.send(batch, { contentType: "json" })));
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (failed) throw failed.reason;
    },
  };
}
