import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FLUSH_EVERY_MS, type Hits, hitCounter } from "../../src/platform/cloudflare/hit-counter.ts";
import { newKey } from "./keys.ts";
import { addUp, usageSinkContract } from "./usage-sink.contract.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

usageSinkContract("hit counter", () => {
  const total: Record<string, number> = {};
  const sink = hitCounter(async (hits) => addUp(total, hits), Date);
  return {
    sink,
    async counted() {
      await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
      return total;
    },
  };
});

/** A counter whose flushes fail as long as `failing` says, and what they were handed. */
function counter() {
  const flushes: (readonly Hits[])[] = [];
  const state = { failing: false, flushes, reports: 0 };
  const flush = async (hits: readonly Hits[]) => {
    flushes.push(hits);
    if (state.failing) throw new Error("the ledger is away");
  };
  const background = (work: Promise<unknown>) => {
    work.catch(() => {
      state.reports++;
    });
  };
  const sink = hitCounter(flush, Date, background);
  return { state, hit: (key = newKey()) => sink.record({ kind: "hit", key }) };
}

const sum = (hits: readonly Hits[] = []) => hits.reduce((total, { count }) => total + count, 0);

test("any number of hits in one second is one flush", async () => {
  const { state, hit } = counter();
  for (let second = 0; second < 3; second++) {
    for (let count = 0; count < 100; count++) hit();
    await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  }
  expect(state.flushes.map(sum)).toEqual([100, 100, 100]);
});

test("hits of a flush that failed go with the next one, once", async () => {
  const { state, hit } = counter();
  const key = newKey();
  state.failing = true;
  hit(key);
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  hit(key);
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  state.failing = false;
  hit(key);
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  expect(state.flushes.map(sum)).toEqual([1, 2, 2]);
  expect(state.reports).toBe(2);
});

test("no more than 10,000 entries are held", async () => {
  const { state, hit } = counter();
  for (let number = 0; number < 10_050; number++) hit();
  await vi.advanceTimersByTimeAsync(FLUSH_EVERY_MS);
  expect(state.flushes[0]).toHaveLength(10_000);
});
