import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import { queueFills } from "../../src/platform/cloudflare/queue.ts";
import { arrived } from "../workers/arrived.ts";
import { fillMessage, fillQueueContract } from "./fill-queue.contract.ts";

fillQueueContract("Cloudflare Queues", () => ({
  queue: queueFills(env.CONTRACT_FILLS),
  arrived,
}));

/** https://developers.cloudflare.com/queues/platform/limits/ */
const LIMITS = { messages: 100, bytes: 256_000 };

test.each([
  ["short", 1, 3],
  ["long", 11_000, 12],
  ["as long as a message may be", 125_000, 125],
])("250 messages that are %s go in batches that the queue takes", async (_, length, batches) => {
  const sent: FillMessage[][] = [];
  const sendBatch = async (batch: Iterable<MessageSendRequest<FillMessage>>) => {
    sent.push([...batch].map(({ body }) => body));
  };
  const messages = Array.from({ length: 250 }, () => fillMessage({ sealedUrl: "x".repeat(length) }));
  await queueFills({ sendBatch } as unknown as Queue<FillMessage>).send(messages);
  expect(sent.flat()).toEqual(messages);
  expect(sent).toHaveLength(batches);
  for (const batch of sent) {
    expect(batch.length).toBeLessThanOrEqual(LIMITS.messages);
    expect(JSON.stringify(batch).length).toBeLessThanOrEqual(LIMITS.bytes);
  }
});
