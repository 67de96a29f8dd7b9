import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { UsageBatch } from "../../src/core/usage/batch.ts";
import { AGAIN_AFTER_MS, FLUSH_EVERY_MS, usageCounter } from "../../src/platform/cloudflare/usage-counter.ts";
import { newKey } from "./keys.ts";
import { hit, usageSinkContract } from "./usage-sink.contract.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A counter before a queue that refuses as long as `failing` says, and all that it was sent, refused or not. */
function counting() {
  const sent: UsageBatch[] = [];
  const state = { failing: false, sent, reports: 0, dropping: false };
  const queue = {
    async send(batches: readonly UsageBatch[]) {
      sent.push(...batches);
      if (state.failing) throw new Error("the queue is away");
    },
  };
  const background = (work: Promise<unknown>) => {
    work.catch(() => {
      state.reports += 1;
    });
  };
  const counter = usageCounter(queue, Date, { background });
  return { state, counter, record: (key = newKey()) => counter.record(hit(key)) };
}

/** Batches as a queue's reader adds them: each once. */
const once = (batches: readonly UsageBatch[]) => [...new Map(batches.map((batch) => [batch.id, batch])).values()];
const hitsIn = (batches: readonly UsageBatch[]) =>
  once(batches)
    .flatMap(({ cells }) => cells)
    .reduce((sum, { counts }) => sum + (counts.hits ?? 0), 0);

usageSinkContract("usage counter", () => {
  const { counter, state } = counting();
  return {
    sink: counter,
    async counted() {
      await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
      return once(state.sent).flatMap(({ cells }) => cells);
    },
  };
});

test("any number of events in one second is one batch, and batches are numbered", async () => {
  const { state, record } = counting();
  for (let second = 0; second < 3; second += 1) {
    for (let count = 0; count < 100; count += 1) record();
    await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  }
  expect(state.sent.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(new Set(state.sent.map(({ isolate }) => isolate)).size).toBe(1);
  expect(state.sent.map((batch) => hitsIn([batch]))).toEqual([100, 100, 100]);
});

test("a batch that was refused comes again as the same batch", async () => {
  const { state, record } = counting();
  state.failing = true;
  record();
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  record();
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  state.failing = false;
  record();
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  const [first] = state.sent;
  expect(state.sent.filter(({ id }) => id === first?.id).length).toBe(3);
  expect(once(state.sent).map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
  expect(hitsIn(state.sent)).toBe(3);
});

test("a batch that was refused comes again though nothing more happens", async () => {
  const { state, record } = counting();
  state.failing = true;
  record();
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  expect(state.sent).toHaveLength(1);
  state.failing = false;
  await vi.advanceTimersByTimeAsync(AGAIN_AFTER_MS);
  expect(state.sent).toHaveLength(2);
  expect(hitsIn(state.sent)).toBe(1);
  expect(state.reports).toBe(0);
});

test("no flush is told of as failed before it was tried three times", async () => {
  const { state, record } = counting();
  state.failing = true;
  record();
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS + 2 * AGAIN_AFTER_MS);
  expect([state.sent.length, state.reports]).toEqual([3, 1]);
});

test("a flush that the runtime dropped holds nobody up for longer than five seconds", async () => {
  const sent: UsageBatch[] = [];
  const queue = { send: async (batches: readonly UsageBatch[]) => void sent.push(...batches) };
  let dropped = 0;
  const background = () => {
    dropped += 1;
  };
  const counter = usageCounter(queue, Date, { background });
  const key = newKey();
  // A request that is cancelled takes its timers with it.
  counter.record(hit(key));
  vi.clearAllTimers();
  await vi.advanceTimersByTimeAsync(4_000);
  counter.record(hit(key));
  expect(dropped).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  counter.record(hit(key));
  expect(dropped).toBe(2);
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  expect(hitsIn(sent)).toBe(3);
});

test("events of many entries are split into batches that fit a message, and none is lost", async () => {
  const { state, record } = counting();
  for (let number = 0; number < 12_000; number += 1) record();
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  expect(hitsIn(state.sent)).toBe(12_000);
  const sizes = state.sent.map((batch) => new TextEncoder().encode(JSON.stringify(batch)).length);
  expect(Math.max(...sizes)).toBeLessThan(128_000);
  expect(state.sent.map(({ sequence }) => sequence)).toEqual(state.sent.map((_, at) => at + 1));
});

test("what no queue takes for long is lost from its oldest batch on, and its number stays away", async () => {
  const { state, record } = counting();
  state.failing = true;
  for (let second = 0; second < 70; second += 1) {
    record();
    await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  }
  state.failing = false;
  state.sent.length = 0;
  record();
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  const numbers = once(state.sent).map(({ sequence }) => sequence);
  expect(numbers).toHaveLength(64);
  expect([numbers[0], numbers.at(-1)]).toEqual([8, 71]);
});

test("whoever flushes sends at once, and nothing the second time", async () => {
  const { state, counter, record } = counting();
  record();
  await counter.flush();
  await counter.flush();
  expect(state.sent).toHaveLength(1);
});
