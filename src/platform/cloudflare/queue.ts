import type { FillMessage } from "../../core/fills/fill-message.ts";
import type { ManifestMessage } from "../../core/preload/manifest-message.ts";
import type { PurgeMessage } from "../../core/purge/purge-message.ts";
import type { FillQueue } from "../../ports/fill-queue.ts";
import type { ManifestQueue } from "../../ports/manifest-queue.ts";
import { NotSent } from "../../ports/not-sent.ts";
import type { PurgeQueue } from "../../ports/purge-queue.ts";
import { withinBudget } from "../../ports/time-budget.ts";

/** Of one batch: https://developers.cloudflare.com/queues/platform/limits/ (a message alone may have 128 KB). */
const MAX_MESSAGES = 100;
const MAX_BATCH_BYTES = 256_000;
/** What the queue itself adds to a message and counts as part of it, in bytes. */
const MESSAGE_OVERHEAD_BYTES = 100;
/** Seconds that a message may be held back. */
const MAX_DELAY_S = 12 * 60 * 60;
/** How long one batch may take, in ms. Nobody waits for it, but a claim must not outlive its message. */
const BATCH_BUDGET_MS = 5_000;

/**
 * Sends fills to a Cloudflare Queue in as many batches as its limits ask for, all at once. Rejects with {@link NotSent} when
 * some are refused, or late: one that is late may be there nevertheless. A queue takes 5,000 messages a second.
 */
export function queueFills(queue: Queue<FillMessage>): FillQueue {
  return {
    send: sender(queue),
    async backlog() {
      return (await queue.metrics()).backlogCount;
    },
  };
}

/** Sends manifests, as {@link queueFills} sends fills, and to the same queue: the consumers tell them apart. */
export function queueManifests(queue: Queue<ManifestMessage>): ManifestQueue {
  return { send: sender(queue) };
}

/** Sends large purges, to the same queue, too. */
export function queuePurges(queue: Queue<PurgeMessage>): PurgeQueue {
  return { send: sender(queue) };
}

function sender<Message>(queue: Queue<Message>) {
  return async (messages: readonly Message[], delaySeconds = 0): Promise<void> => {
    const options = { delaySeconds: Math.min(MAX_DELAY_S, Math.ceil(delaySeconds)) };
    const sent = batches(messages);
    const sending = sent.map((batch) => withinBudget("queue", BATCH_BUDGET_MS, queue.sendBatch(batch, options)));
    const outcomes = await Promise.allSettled(sending);
    const failed = outcomes.find((outcome) => outcome.status === "rejected");
    if (!failed) return;
    const refused = sent.filter((_, at) => outcomes[at]?.status === "rejected").flat();
    throw new NotSent<Message>(
      refused.map(({ body }) => body),
      failed.reason,
    );
  };
}

function batches<Message>(messages: readonly Message[]): MessageSendRequest<Message>[][] {
  const all: MessageSendRequest<Message>[][] = [];
  let batch: MessageSendRequest<Message>[] = [];
  let bytes = 0;
  for (const body of messages) {
    const size = new TextEncoder().encode(JSON.stringify(body)).length + MESSAGE_OVERHEAD_BYTES;
    if (batch.length === MAX_MESSAGES || bytes + size > MAX_BATCH_BYTES || batch.length === 0) {
      batch = [];
      bytes = 0;
      all.push(batch);
    }
    batch.push({ body, contentType: "json" });
    bytes += size;
  }
  return all;
}
