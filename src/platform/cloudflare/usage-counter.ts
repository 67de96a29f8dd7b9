import { splitCells, type UsageBatch } from "../../core/usage/batch.ts";
import { Tally } from "../../core/usage/tally.ts";
import type { Clock } from "../../ports/clock.ts";
import type { UsageQueue } from "../../ports/usage-queue.ts";
import type { UsageSink } from "../../ports/usage-sink.ts";
import { inBackground } from "./background.ts";

/** What was counted is sent at most so often, in ms. */
export const FLUSH_EVERY_MS = 1_000;
/** A flush that is this late will not come, in ms: the runtime dropped the request that it hung on. */
const FLUSH_LOST_MS = 5_000;
/** Cells that are summed at a time, some 2 MB; then they are closed as batches, sent or not. */
const MAX_CELLS = 5_000;
/** Batches of 120 KB at most that wait for a queue which takes none: most have a few KB. Of more the oldest are lost. */
const MAX_BATCHES = 64;

/** How often a flush is tried, and the time between, in ms: a request that was answered has 30 s. */
const ATTEMPTS = 3;
export const AGAIN_AFTER_MS = 5_000;

export type UsageCounter = UsageSink & {
  /** Sends what was counted until now. Rejects when the queue does; then it goes with the next flush. */
  flush(): Promise<void>;
};

export type UsageCounterOptions = {
  /** Lets a flush outlive the answer. Whoever cannot wait that long flushes at its own end. */
  readonly background?: typeof inBackground;
};

/**
 * Sums events in the isolate and sends them once a second, after the answers. What a queue refused, or may have taken
 * before it failed, is sent again as the same batches, which are added once. With the isolate goes what it has not sent.
 */
export function usageCounter(
  queue: UsageQueue,
  clock: Clock,
  { background = inBackground }: UsageCounterOptions = {},
): UsageCounter {
  const tally = new Tally();
  const unsent = new Map<string, UsageBatch>();
  /** Since when a batch is being sent: another flush lets it be, unless that will not come to an end any more. */
  const underWay = new Map<string, number>();
  let isolate: string | null = null;
  let sequence = 0;
  let flushBegan: number | null = null;

  /** An isolate cannot name itself when it starts: no randomness is to be had before the first request. */
  function close(now: number): void {
    isolate ??= crypto.randomUUID();
    for (const cells of splitCells(tally.take())) {
      sequence += 1;
      const id = crypto.randomUUID();
      unsent.set(id, { version: 1, id, isolate, sequence, at: now, cells });
    }
    for (const id of unsent.keys()) if (unsent.size > MAX_BATCHES) unsent.delete(id);
  }

  async function flush(): Promise<void> {
    const now = clock.now();
    close(now);
    const batches = [...unsent.values()].filter(({ id }) => now - (underWay.get(id) ?? 0) >= FLUSH_LOST_MS);
    if (batches.length === 0) return;
    for (const { id } of batches) underWay.set(id, now);
    try {
      await queue.send(batches);
      for (const { id } of batches) unsent.delete(id);
    } finally {
      for (const { id } of batches) underWay.delete(id);
    }
  }

  /** More than once: nobody may ask for anything any more, and then nobody else would. */
  async function flushSoon(): Promise<void> {
    await pause(FLUSH_EVERY_MS);
    flushBegan = null;
    for (let attempt = 1; attempt < ATTEMPTS; attempt += 1) {
      try {
        return await flush();
      } catch {
        await pause(AGAIN_AFTER_MS);
      }
    }
    await flush();
  }

  return {
    flush,
    record(event, now = clock.now()) {
      tally.add(event, now);
      if (tally.size >= MAX_CELLS) close(now);
      if (flushBegan !== null && now - flushBegan < FLUSH_LOST_MS) return;
      flushBegan = now;
      background(flushSoon());
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
