import { setTimeout as wait } from "node:timers/promises";
import { ask, type Target } from "./ask.ts";
import type { Next } from "./targets.ts";

export type Rate = { readonly perSecond: number; readonly seconds: number };

/** How long each answer took, in ms from its asking, and what went wrong with the others. */
export type Answers = { readonly latencies: readonly number[]; readonly errors: readonly Error[] };

/**
 * Begins requests at a steady rate, whether or not those before have been answered: a slow server does not slow its
 * clients down. A timer is good for a ms at best, so all that is due is begun at once.
 */
export async function steadyRate(next: Next, { perSecond, seconds }: Rate): Promise<Answers> {
  const began = performance.now();
  const all = perSecond * seconds;
  const answers: Promise<number | Error>[] = [];
  while (answers.length < all) {
    const due = Math.min(all, Math.floor(((performance.now() - began) * perSecond) / 1000) + 1);
    while (answers.length < due) answers.push(timed(next()));
    if (answers.length < all) await wait(1);
  }
  const settled = await Promise.all(answers);
  return {
    latencies: settled.filter((each) => typeof each === "number"),
    errors: settled.filter((each) => typeof each !== "number"),
  };
}

async function timed(target: Target): Promise<number | Error> {
  const began = performance.now();
  try {
    await ask(target);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
  return performance.now() - began;
}
