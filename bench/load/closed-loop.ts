import { ask, type Target } from "./ask.ts";

/** Asks the targets in turn, so many requests in all and so many at a time. Seconds that it took. */
export async function closedLoop(targets: readonly Target[], requests: number, concurrency: number): Promise<number> {
  const began = performance.now();
  let next = 0;
  async function client(): Promise<void> {
    while (next < requests) {
      const target = targets[next % targets.length];
      next += 1;
      if (target) await ask(target);
    }
  }
  await Promise.all(Array.from({ length: concurrency }, client));
  return (performance.now() - began) / 1000;
}
