/**
 * The consumer Worker under a queue that delivers each message more than once and in any order: twice at the same time,
 * the last of a batch first, and again after later batches. What becomes of a copy is not told to the queue: it has the
 * message itself.
 */
import consumer from "../../src/consumer/worker.ts";

export * from "../../src/consumer/worker.ts";

/** Messages of earlier batches that are delivered again. */
const REMEMBERED = 12;

type Copied = { readonly body: unknown; readonly id: string; readonly timestamp: Date };
const earlier: Copied[] = [];

export default {
  ...consumer,
  async queue(batch, env) {
    const again = batch.messages.map(({ body, id, timestamp }) => ({ body, id, timestamp }));
    const deliver = (messages: readonly Message[]) => consumer.queue(copyOf(batch, messages), env);
    await Promise.all([deliver(again.map(silent).toReversed()), deliver(batch.messages.toReversed())]);
    if (batch.queue.includes("-dead-")) return;
    earlier.push(...again);
    earlier.splice(0, Math.max(0, earlier.length - REMEMBERED));
    await deliver(earlier.map(silent).toReversed());
  },
} satisfies ExportedHandler<Record<string, unknown>>;

function copyOf(batch: MessageBatch, messages: readonly Message[]): MessageBatch {
  return { queue: batch.queue, metadata: batch.metadata, messages, ackAll() {}, retryAll() {} };
}

function silent(message: Copied): Message {
  return { ...message, attempts: 1, ack() {}, retry() {} };
}
