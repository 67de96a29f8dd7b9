import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BudgetExceeded, withinBudget } from "../../src/ports/time-budget.ts";
import { useFakeTimers } from "./world.ts";

beforeEach(useFakeTimers);
afterEach(() => {
  vi.useRealTimers();
});

/** Work that ends so after some ms. */
function delayed<Value>(ms: number, end: () => Value): Promise<Value> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(end());
      } catch (error) {
        reject(error);
      }
    }, ms);
  });
}

const fails = () => {
  throw new Error("its own failure");
};

describe("work within a budget", () => {
  it("gives its value when it is in time", async () => {
    const work = withinBudget(
      "index",
      50,
      delayed(49, () => "value"),
    );
    await vi.advanceTimersByTimeAsync(49);
    expect(await work).toBe("value");
  });

  it.each([[undefined], [null], [0], [""]])("may end with %j", async (value) => {
    expect(await withinBudget("index", 50, Promise.resolve(value))).toBe(value);
  });

  it("fails as the work does when that is in time", async () => {
    const work = expect(withinBudget("index", 50, delayed(49, fails))).rejects.toThrow("its own failure");
    await vi.advanceTimersByTimeAsync(49);
    await work;
  });

  it("fails after the budget, and says what did not answer and for how long", async () => {
    const work = withinBudget("index", 50, new Promise(() => {}));
    const told = expect(work).rejects.toThrow(new BudgetExceeded("index", 50));
    await vi.advanceTimersByTimeAsync(50);
    await told;
    await expect(work).rejects.toMatchObject({
      name: "BudgetExceeded",
      message: "index did not answer within 50 ms",
    });
  });

  it("is not over a moment before", async () => {
    const settled = vi.fn();
    withinBudget("index", 50, new Promise(() => {})).then(settled, settled);
    await vi.advanceTimersByTimeAsync(49);
    expect(settled).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(settled).toHaveBeenCalledOnce();
  });

  it("goes on behind the caller's back when it is late", async () => {
    const done = vi.fn(() => "late");
    const work = delayed(60, done);
    const told = expect(withinBudget("index", 50, work)).rejects.toThrow(BudgetExceeded);
    await vi.advanceTimersByTimeAsync(60);
    await told;
    expect(await work).toBe("late");
    expect(done).toHaveBeenCalledOnce();
  });

  it("that fails late disturbs nobody", async () => {
    const unhandled = vi.fn();
    process.on("unhandledRejection", unhandled);
    const told = expect(withinBudget("index", 50, delayed(60, fails))).rejects.toThrow(BudgetExceeded);
    await vi.advanceTimersByTimeAsync(60);
    await told;
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  it.each([
    ["a value", () => {}],
    ["a failure", fails],
  ])("leaves no timer behind after %s", async (_, end) => {
    const ended = Promise.allSettled([withinBudget("index", 50, delayed(1, end))]);
    await vi.advanceTimersByTimeAsync(1);
    await ended;
    expect(vi.getTimerCount()).toBe(0);
  });
});
