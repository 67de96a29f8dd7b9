import { addUsage } from "../app/usage/add.ts";
import { type RetryTimes, retryDelaySeconds } from "../core/fills/retry-delay.ts";
import type { UsageBatch } from "../core/usage/batch.ts";
import { parseUsageMessage } from "../core/usage/usage-message.ts";
import type { Parts } from "./compose.ts";

/** Cells that one statement adds at most, about: a message has a few hundred. */
const MOST_CELLS = 5_000;
/** Ten attempts take an hour; then a message is a dead letter, which comes back every ten minutes. */
const RETRY_TIMES: RetryTimes = { baseSeconds: 5, longestSeconds: 600 };

type Arrived = { readonly message: Message; readonly batch: UsageBatch };

/**
 * Adds what isolates have counted, as much of it at once as a statement should take: what cannot be added comes back, and
 * dead letters are tried like all others. A message of another version is for people to look at.
 */
export async function usage({ messages }: MessageBatch, parts: Parts): Promise<void> {
  for (const group of groups(arrivedOf(messages, parts))) {
    try {
      await addUsage(
        group.map(({ batch }) => batch),
        parts,
      );
      for (const { message } of group) message.ack();
    } catch (error) {
      parts.report("usage", error);
      for (const { message } of group) comeBack(message, parts);
    }
  }
}

function arrivedOf(messages: readonly Message[], parts: Parts): Arrived[] {
  return messages.flatMap((message) => {
    const batch = parseUsageMessage(message.body);
    if (batch) return [{ message, batch }];
    parts.report("usage", new Error("a message is not of a version that is known here"));
    comeBack(message, parts);
    return [];
  });
}

function comeBack(message: Message, { random }: Pick<Parts, "random">): void {
  message.retry({ delaySeconds: retryDelaySeconds(message.attempts, RETRY_TIMES, random()) });
}

function groups(arrived: readonly Arrived[]): Arrived[][] {
  const all: Arrived[][] = [];
  let cells = MOST_CELLS;
  for (const each of arrived) {
    if (cells >= MOST_CELLS) {
      all.push([]);
      cells = 0;
    }
    all.at(-1)?.push(each);
    cells += each.batch.cells.length;
  }
  return all;
}
