import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import { queueFills } from "../../src/platform/cloudflare/queue.ts";
import { NotSent, unsentOf } from "../../src/ports/not-sent.ts";
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

test.each([
  ["refuses", () => Promise.reject(new Error("429 Too Many Requests")), "429 Too Many Requests"],
  ["does not take in time", () => new Promise<never>(() => {}), "did not answer within 5000 ms"],
])("a batch that the queue %s is told of with its messages, and the others are sent", async (_, fails, text) => {
  const sent: FillMessage[] = [];
  let batches = 0;
  const sendBatch = async (batch: Iterable<MessageSendRequest<FillMessage>>) => {
    batches += 1;
    if (batches === 2) await fails();
    sent.push(...[...batch].map(({ body }) => body));
  };
  const messages = Array.from({ length: 250 }, (_, at) => fillMessage({ requestId: String(at) }));
  vi.useFakeTimers();
  const sending = queueFills({ sendBatch } as unknown as Queue<FillMessage>).send(messages);
  const failed = sending.catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(5_000);
  vi.useRealTimers();
  const error = await failed;
  expect(error).toBeInstanceOf(NotSent);
  expect((error as NotSent<FillMessage>).message).toContain(`the queue did not take 100 messages: `);
  expect((error as NotSent<FillMessage>).message).toContain(text);
  expect(unsentOf(messages, error)).toEqual(messages.slice(100, 200));
  expect(sent).toEqual([...messages.slice(0, 100), ...messages.slice(200)]);
});
