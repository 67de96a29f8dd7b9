import { median, percentile } from "./median.ts";

/** What one round saw of one variant. */
export type Sample = {
  /** Of the server's process, for each request. */
  readonly cpuMicroseconds: number;
  readonly requestsPerSecond: number;
  /** The share of the time that the side that asks was busy itself. */
  readonly busy: number;
};

/** What was seen of a variant: a sample for each round, and how long each request took at a steady rate, in ms. */
export type Seen = {
  readonly samples: readonly Sample[];
  readonly latencies: readonly number[];
  readonly perSecond: number;
};

/** What is told of a variant. */
export type Figures = {
  readonly name: string;
  /** What its cost is compared with; its own name where it is the one that others are compared with. */
  readonly base: string;
  readonly ratio: number;
  readonly cpuMicroseconds: number;
  /** CPU that it takes beyond its base, in ms for each request. */
  readonly addedMs: number;
  readonly requestsPerSecond: number;
  /** As in {@link Sample}: near 1, it was not the server that could do no more. */
  readonly busy: number;
  /** The steady rate at which the rest was measured. */
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

/**
 * The medians of a variant. Ratio and difference are taken round by round before their median is: both sides of a round
 * had the same neighbours on the machine. A major collection of V8's takes a tenth of a second and falls on one round in
 * some fifteen, whoever's it is; the median leaves it out on both sides.
 */
export function figuresOf(name: string, seen: Seen, base: string, seenOfBase: Seen): Figures {
  const pairs = seen.samples.map((sample, round) => {
    const other = seenOfBase.samples[round];
    if (!other) throw new Error(`${name} and ${base} were not measured in the same rounds`);
    return [sample.cpuMicroseconds, other.cpuMicroseconds] as const;
  });
  return {
    name,
    base,
    ratio: median(pairs.map(([cost, ofBase]) => cost / ofBase)),
    cpuMicroseconds: median(seen.samples.map((sample) => sample.cpuMicroseconds)),
    addedMs: median(pairs.map(([cost, ofBase]) => cost - ofBase)) / 1000,
    requestsPerSecond: median(seen.samples.map((sample) => sample.requestsPerSecond)),
    busy: median(seen.samples.map((sample) => sample.busy)),
    perSecond: seen.perSecond,
    p50Ms: percentile(seen.latencies, 0.5),
    p99Ms: percentile(seen.latencies, 0.99),
  };
}
