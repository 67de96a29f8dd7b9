import { setImmediate as turn } from "node:timers/promises";
import { type FillOutcome, type FillWorkParts, fill } from "../../src/app/fill.ts";
import type { FillMessage } from "../../src/core/fills/fill-message.ts";
import type { World } from "./world.ts";

/** How often a queue delivers a message at most: a test that needs more does not come to an end. */
const MOST_DELIVERIES = 50;

/**
 * Consumes what waits, and what is sent meanwhile, all side by side; time passes when nothing else is left to wait for.
 * What each delivery came to, in the order in which they ended.
 */
export async function consume(
  first: readonly FillMessage[],
  world: World,
  parts: FillWorkParts = world,
): Promise<readonly FillOutcome[]> {
  const outcomes: FillOutcome[] = [];
  let due = [...first, ...world.queue.take()].map((message) => ({ message, attempt: 1 }));
  for (let rounds = 0; due.length > 0; rounds += 1) {
    if (rounds > MOST_DELIVERIES) throw new Error("the messages come back for ever");
    const later: typeof due = [];
    let waitSeconds = 0;
    const running = new Set<Promise<void>>();
    const start = ({ message, attempt }: (typeof due)[number]) => {
      const work = fill(message, attempt, parts).then((outcome) => {
        outcomes.push(outcome);
        running.delete(work);
        if ("done" in outcome) return;
        later.push({ message, attempt: attempt + 1 });
        waitSeconds = Math.max(waitSeconds, outcome.retryInSeconds);
      });
      running.add(work);
    };
    due.forEach(start);
    while (running.size > 0) {
      await Promise.race([...running, turn()]);
      // What was sent with a delay comes with what is sent again.
      if (world.queue.delays.at(-1) === 0) for (const message of world.queue.take()) start({ message, attempt: 1 });
    }
    const sent = world.queue.take();
    waitSeconds = Math.max(waitSeconds, sent.length > 0 ? (world.queue.delays.at(-1) ?? 0) : 0);
    world.clock.advance(waitSeconds * 1000);
    due = [...later, ...sent.map((message) => ({ message, attempt: 1 }))];
  }
  return outcomes;
}
