import { setTimeout as wait } from "node:timers/promises";
import { ask, type Target } from "./ask.ts";

/** Begins a request at every beat, whether or not those before have been answered. How long each took, in ms. */
export async function steadyRate(
  targets: readonly Target[],
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
): Promise<number[]> {
  const began = performance.now();
  const latencies: Promise<number>[] = [];
  for (let beat = 0; beat < perSecond * seconds; beat += 1) {
    await wait(Math.max(0, began + (beat * 1000) / perSecond - performance.now()));
    const target = targets[beat % targets.length];
    if (!target) continue;
    const latency = timed(target);
    // A failure is told of below, once all have begun.
    latency.catch(() => {});
    latencies.push(latency);
  }
  return await Promise.all(latencies);
}

async function timed(target: Target): Promise<number> {
  const began = performance.now();
  await ask(target);
  return performance.now() - began;
}
