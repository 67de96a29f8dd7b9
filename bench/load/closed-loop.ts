import { performance } from "node:perf_hooks";
import { ask } from "./ask.ts";
import type { Next } from "./targets.ts";

/** What a load took: seconds, and the share of them that the side that asks was busy itself. */
export type Took = { readonly seconds: number; readonly busy: number };

/** Asks so many requests in all and so many at a time. Rejects at the first answer that is not as its target expects. */
export async function closedLoop(next: Next, requests: number, concurrency: number): Promise<Took> {
  const loop = performance.eventLoopUtilization();
  const began = performance.now();
  let asked = 0;
  async function client(): Promise<void> {
    while (asked < requests) {
      asked += 1;
      await ask(next());
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, requests) }, client));
  const seconds = (performance.now() - began) / 1000;
  return { seconds, busy: performance.eventLoopUtilization(loop).utilization };
}
