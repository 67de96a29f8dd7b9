import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { BudgetExceeded } from "../../src/ports/time-budget.ts";
import { together } from "../../src/ports/together.ts";
import { NOON } from "../core/samples.ts";
import { fakeClock } from "../fakes/clock.ts";
import { useFakeTimers } from "./world.ts";

const PATIENCE_MS = 40;

beforeEach(useFakeTimers);
afterEach(() => {
  vi.useRealTimers();
});

/** Questions whose answers come when the test wants them. */
function asking(after?: "ask anew" | "give up") {
  const clock = fakeClock(NOON);
  const questions = together<string>("the oracle", PATIENCE_MS, clock, after);
  const answers: PromiseWithResolvers<string>[] = [];
  const ask = (name = "one") =>
    questions.ask(name, () => {
      const answer = Promise.withResolvers<string>();
      answers.push(answer);
      return answer.promise;
    });
  return { clock, questions, answers, ask };
}

describe("a question", () => {
  it("is asked once for all who want its answer at the same time, and again for who comes later", async () => {
    const { answers, ask, questions } = asking();
    const crowd = Array.from({ length: 100 }, () => ask());
    expect([answers.length, questions.isAsked("one")]).toEqual([1, true]);
    answers[0]?.resolve("yes");
    expect(new Set(await Promise.all(crowd))).toEqual(new Set(["yes"]));
    expect(questions.isAsked("one")).toBe(false);
    const later = ask();
    answers[1]?.resolve("no");
    expect(await later).toBe("no");
  });

  it("has nothing to do with another", async () => {
    const { answers, ask } = asking();
    const both = [ask("one"), ask("two")];
    answers[1]?.resolve("second");
    answers[0]?.resolve("first");
    expect(await Promise.all(both)).toEqual(["first", "second"]);
  });

  it("fails for all who wait, and is asked again by the next", async () => {
    const { answers, ask } = asking();
    const crowd = [ask(), ask()];
    answers[0]?.reject(new Error("no oracle"));
    for (const one of crowd) await expect(one).rejects.toThrow("no oracle");
    const next = ask();
    answers[1]?.resolve("yes");
    expect(await next).toBe("yes");
  });

  it("that was dropped is joined by nobody any more, and those who wait have its answer", async () => {
    const { answers, ask, questions } = asking();
    const early = ask();
    questions.drop("one");
    const late = ask();
    answers[0]?.resolve("old");
    answers[1]?.resolve("new");
    expect(await Promise.all([early, late])).toEqual(["old", "new"]);
  });

  it("whose late answer comes after a newer question does not end that one", async () => {
    const { answers, ask, questions } = asking();
    const early = ask();
    questions.drop("one");
    void ask();
    answers[0]?.resolve("old");
    await early;
    expect(questions.isAsked("one")).toBe(true);
  });
});

describe("a question whose request the runtime dropped", () => {
  it("holds a crowd up for a while only: then one of them asks anew, for all", async () => {
    const { clock, answers, ask } = asking();
    void ask();
    const crowd = Array.from({ length: 20 }, () => ask());
    clock.advance(PATIENCE_MS);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    expect(answers).toHaveLength(2);
    answers[1]?.resolve("yes");
    expect(new Set(await Promise.all(crowd))).toEqual(new Set(["yes"]));
  });

  it("does so where the clock stands still, too", async () => {
    const { answers, ask } = asking();
    void ask();
    const crowd = [ask(), ask()];
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    answers[1]?.resolve("yes");
    expect(await Promise.all(crowd)).toEqual(["yes", "yes"]);
  });

  it("is joined by nobody who comes later than that, nor after the clock was put back", () => {
    const { clock, answers, ask } = asking();
    void ask();
    clock.advance(PATIENCE_MS);
    void ask();
    expect(answers).toHaveLength(2);
    clock.set(NOON - 1);
    void ask();
    expect(answers).toHaveLength(3);
  });
});

describe("a crowd whose own time is over with that of the question", () => {
  it("gives up together, and the next who comes asks anew", async () => {
    const { clock, answers, ask } = asking("give up");
    void ask();
    const crowd = Array.from({ length: 20 }, () => expect(ask()).rejects.toThrow(new BudgetExceeded("the oracle", 40)));
    clock.advance(PATIENCE_MS);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    await Promise.all(crowd);
    expect(answers).toHaveLength(1);
    const next = ask();
    answers[1]?.resolve("yes");
    expect(await next).toBe("yes");
  });

  it("is not told of an answer that comes afterwards: there may be nobody left to tell", async () => {
    const { clock, answers, ask } = asking("give up");
    const first = ask();
    const gaveUp = expect(ask()).rejects.toThrow(BudgetExceeded);
    clock.advance(PATIENCE_MS);
    await vi.advanceTimersByTimeAsync(PATIENCE_MS);
    await gaveUp;
    answers[0]?.resolve("late");
    expect(await first).toBe("late");
  });

  it("has an answer that comes in time", async () => {
    const { answers, ask } = asking("give up");
    const crowd = [ask(), ask(), ask()];
    answers[0]?.resolve("yes");
    expect(await Promise.all(crowd)).toEqual(["yes", "yes", "yes"]);
  });
});
