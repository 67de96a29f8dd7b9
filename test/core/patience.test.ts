import { describe, expect, it, test } from "vitest";
import { LATE_IN_A_ROW, LOST_FOR_MS, MOST_UNHEARD, Patience } from "../../src/core/patience.ts";
import { MINUTE, NOON } from "./samples.ts";

const BUDGET_MS = 40;

/** `late`: asked, and given up when the budget was over; `quick`, `slow`: answered within it, or not. Each takes this long. */
const STEPS = { late: BUDGET_MS, quick: 1, slow: 200, pause: LOST_FOR_MS } as const;
type Step = keyof typeof STEPS;

/** What so many steps lead to, one after the other, each a ms after the one before. */
function once(steps: readonly Step[]): { patience: Patience; now: number } {
  const patience = new Patience(BUDGET_MS);
  let now = NOON;
  for (const step of steps) {
    const askedAt = now + 1;
    now = askedAt + STEPS[step];
    if (step === "late") patience.late(askedAt, now);
    else if (step !== "pause") patience.answered(askedAt, now);
  }
  return { patience, now };
}

describe("a part of ours", () => {
  test.each<[boolean, string, Step[]]>([
    [true, "of which nothing is known", []],
    [true, "that is quick", ["quick", "quick"]],
    [true, "that was late twice", ["late", "late"]],
    [false, "that was late three times in a row", ["late", "late", "late"]],
    [true, "that was quick between", ["late", "late", "quick", "late", "late"]],
    [false, "whose answers came, but too late", ["slow", "slow", "slow"]],
    [false, "that is late now in this way, now in that", ["late", "slow", "late"]],
    [true, "that has become quick again", ["late", "late", "late", "slow", "quick"]],
    [true, "of which nothing was heard for long", ["late", "late", "late", "pause"]],
    [false, "that was late once more after that", ["late", "late", "late", "pause", "late"]],
    [true, "that was quick after that, and then late", ["late", "late", "late", "pause", "quick", "late"]],
    [false, "whose late answers go on coming", ["late", "late", "late", ...Array<Step>(60).fill("slow")]],
  ])("is waited for (%j) %s", (waits, _, steps) => {
    const { patience, now } = once(steps);
    expect(patience.waits(now)).toBe(waits);
  });

  it("is lost for ten seconds from the last sign of it", () => {
    const { patience, now } = once(["late", "late", "late"]);
    expect(patience.waits(now + LOST_FOR_MS - 1)).toBe(false);
    expect(patience.waits(now + LOST_FOR_MS)).toBe(true);
  });

  it("is not lost because of a crowd that gives up at the same time", () => {
    const patience = new Patience(BUDGET_MS);
    for (let each = 0; each < 100; each += 1) patience.late(NOON + each / 10, NOON + BUDGET_MS);
    expect(patience.waits(NOON + BUDGET_MS)).toBe(true);
  });

  it("is not lost for longer because a clock was put back", () => {
    const { patience } = once(["late", "late", "late"]);
    expect(patience.waits(NOON - MINUTE)).toBe(true);
  });

  it("answers within its budget when it takes the whole of it", () => {
    const { patience, now } = once(["late", "late", "late"]);
    patience.answered(now, now + BUDGET_MS);
    expect(patience.waits(now + BUDGET_MS)).toBe(true);
  });
});

describe("questions that nobody waits for", () => {
  it(`are ${MOST_UNHEARD} at a time, and one more for each that has ended`, () => {
    const { patience } = once(Array<Step>(LATE_IN_A_ROW).fill("late"));
    const asks = Array.from({ length: MOST_UNHEARD + 1 }, () => patience.asksUnheard());
    expect(asks).toEqual([...Array<boolean>(MOST_UNHEARD).fill(true), false]);
    patience.heard();
    expect([patience.asksUnheard(), patience.asksUnheard()]).toEqual([true, false]);
  });

  it("take no place from others once an answer was quick, be they dropped for good", () => {
    const { patience, now } = once(["late", "late", "late"]);
    for (let each = 0; each < MOST_UNHEARD; each += 1) patience.asksUnheard();
    patience.answered(now, now + 1);
    for (let each = 0; each < MOST_UNHEARD; each += 1) patience.heard();
    const asks = Array.from({ length: MOST_UNHEARD + 1 }, () => patience.asksUnheard());
    expect(asks.filter(Boolean)).toHaveLength(MOST_UNHEARD);
  });
});
