import { closedLoop } from "../load/closed-loop.ts";
import { steadyRate } from "../load/steady-rate.ts";
import { cpuClock } from "./cpu-time.ts";
import { type Figures, figuresOf, type Sample } from "./figures.ts";
import { interleave } from "./interleave.ts";
import type { Variant } from "./variant.ts";

export type Effort = {
  /** Rounds that count. */
  readonly rounds?: number;
  /** Requests of each variant in a round: enough that V8 collects garbage in each, few enough that a round is short. */
  readonly requests?: number;
};

/** Rounds before those that count: V8 has compiled what is hot, keys are imported, tenants remembered. */
const WARM_UP_ROUNDS = 8;
/** Of the requests of a round, so many go before those that are counted. */
const LEAD_IN = 0.1;
/** Requests under way at a time while CPU is measured. */
const CONCURRENCY = 16;
/** Latency is taken apart, far from saturation: at full load it tells of V8's garbage collector. */
const STEADY = { perSecond: 200, seconds: 4 };

/** Measures variants side by side in the process `pid`. Rejects at the first answer that is not as its target expects. */
export async function measure(
  variants: readonly Variant[],
  pid: number,
  { rounds = 40, requests = 600 }: Effort,
): Promise<Figures[]> {
  const cpu = cpuClock(pid);
  const samples = new Map<string, Sample[]>(variants.map(({ name }) => [name, []]));
  for (const [round, order] of interleave(variants, WARM_UP_ROUNDS + rounds).entries()) {
    for (const { name, targets } of order) {
      await closedLoop(targets, Math.ceil(requests * LEAD_IN), CONCURRENCY);
      const before = cpu();
      const seconds = await closedLoop(targets, requests, CONCURRENCY);
      const sample = {
        cpuMicroseconds: (cpu() - before) / requests,
        requestsPerSecond: requests / seconds,
      };
      if (round >= WARM_UP_ROUNDS) samples.get(name)?.push(sample);
    }
  }
  const latencies = new Map<string, number[]>();
  for (const { name, targets } of variants) latencies.set(name, await steadyRate(targets, STEADY));
  const seen = (name: string) => ({ samples: samples.get(name) ?? [], latencies: latencies.get(name) ?? [] });
  return variants.map(({ name, base }) => figuresOf(name, seen(name), base, seen(base)));
}
