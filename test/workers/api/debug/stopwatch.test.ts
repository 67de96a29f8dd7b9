import { expect, test } from "vitest";
import { stopwatch } from "../../../../src/api/debug/stopwatch.ts";

/** A clock that a test moves. */
function clock() {
  let at = 1_000;
  return {
    now: () => at,
    pass(ms: number) {
      at += ms;
    },
  };
}

test("each step is told in the order in which it began, and all of them at the end", async () => {
  const { now, pass } = clock();
  const { timed, field } = stopwatch(now);
  const step = async (ms: number) => pass(ms);
  await timed("tenant", step)(3);
  pass(2);
  await timed("index", step)(5);
  expect(field()).toBe("tenant;dur=3, index;dur=5, total;dur=10");
});

test("a step that comes twice is told of once", async () => {
  const { now, pass } = clock();
  const { timed, field } = stopwatch(now);
  const step = timed("tenant", async (ms: number) => pass(ms));
  await step(3);
  await step(4);
  expect(field()).toBe("tenant;dur=7, total;dur=7");
});

test("what is measured gets its arguments, answers and fails as before", async () => {
  const { timed, field } = stopwatch(clock().now);
  const sum = timed("sum", async (one: number, other: number) => one + other);
  expect(await sum(1, 2)).toBe(3);
  const failing = timed("failing", async () => Promise.reject(new Error("no")));
  await expect(failing()).rejects.toThrow("no");
  expect(field()).toBe("sum;dur=0, failing;dur=0, total;dur=0");
});

test("a step that was given up counts until the answer", () => {
  const { now, pass } = clock();
  const { timed, field } = stopwatch(now);
  void timed("ledger", () => new Promise(() => {}))();
  pass(40);
  expect(field()).toBe("ledger;dur=40, total;dur=40");
});

test("where nothing was waited for, only the whole is told", () => {
  expect(stopwatch(clock().now).field()).toBe("total;dur=0");
});
