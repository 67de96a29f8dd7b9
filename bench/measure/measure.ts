import { closedLoop } from "../load/closed-loop.ts";
import { steadyRate } from "../load/steady-rate.ts";
import { cpuClock } from "./cpu-time.ts";
import { type Figures, figuresOf, type Sample, type Seen } from "./figures.ts";
import { interleave } from "./interleave.ts";
import { median } from "./median.ts";
import type { Variant } from "./variant.ts";

export type Effort = {
  /** Rounds that count. */
  readonly rounds?: number;
  /** Requests of each variant in a round: enough that V8 collects garbage in each, few enough that a round is short. */
  readonly requests?: number;
};

/** Rounds before those that count, as a share of them: V8 has compiled what is hot, keys are imported, tenants remembered. */
const WARM_UP = 0.2;
/** Of the requests of a round, so many go before those that are counted. */
const LEAD_IN = 0.1;
/** Requests under way at a time while CPU is measured. */
const CONCURRENCY = 16;
/** Latency is taken apart, far from saturation: at full load it tells of V8's garbage collector. */
const STEADY = { perSecond: 1000, seconds: 4 };
/** The rate where one of the variants cannot do twice as much as that. */
const GENTLE = { perSecond: 200, seconds: 4 };

/** Measures variants side by side. Rejects at the first answer that is not as its target expects. */
export async function measure(
  variants: readonly Variant[],
  { rounds = 40, requests = 600 }: Effort,
): Promise<Figures[]> {
  const clocks = new Map(variants.map(({ pid }) => [pid, cpuClock(pid)]));
  const samples = new Map<string, Sample[]>(variants.map(({ name }) => [name, []]));
  const warmUp = Math.ceil(rounds * WARM_UP);
  for (const [round, order] of interleave(variants, warmUp + rounds).entries()) {
    for (const { name, pid, next, leadIn = Math.ceil(requests * LEAD_IN), settled } of order) {
      const cpu = () => clocks.get(pid)?.() ?? 0;
      if (leadIn > 0) await closedLoop(next, leadIn, CONCURRENCY);
      const before = cpu();
      const { seconds, busy } = await closedLoop(next, requests, CONCURRENCY);
      await settled?.();
      const sample = { cpuMicroseconds: (cpu() - before) / requests, requestsPerSecond: requests / seconds, busy };
      if (round >= warmUp) samples.get(name)?.push(sample);
    }
  }
  const rates = [...samples.values()].map((of) => median(of.map(({ requestsPerSecond }) => requestsPerSecond)));
  // All at one rate, or what is told of latency could not be compared.
  const rate = Math.min(...rates) >= 2 * STEADY.perSecond ? STEADY : GENTLE;
  const latencies = new Map<string, readonly number[]>();
  for (const { name, next, settled } of variants) {
    const answers = await steadyRate(next, rate);
    if (answers.errors[0]) throw answers.errors[0];
    latencies.set(name, answers.latencies);
    await settled?.();
  }
  const seen = (name: string): Seen => {
    const { perSecond } = rate;
    return { samples: samples.get(name) ?? [], latencies: latencies.get(name) ?? [], perSecond };
  };
  return variants.map(({ name, base }) => figuresOf(name, seen(name), base, seen(base)));
}
