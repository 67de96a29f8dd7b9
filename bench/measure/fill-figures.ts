import { median } from "./median.ts";

/** What one round saw of one way to get an object. */
export type FillSample = {
  /** CPU of the engine's process in microseconds for each MiB; `null`: the engine had no part in it. */
  readonly cpuPerMib: number | null;
  readonly mibPerSecond: number;
};

/** What is told of a way to get an object. `null`: not measured. */
export type FillFigures = {
  readonly name: string;
  /** What its CPU is compared with; its own name where others are compared with it. */
  readonly base: string;
  /** Of one object. */
  readonly mib: number;
  readonly ratio: number | null;
  readonly cpuPerMib: number | null;
  readonly mibPerSecond: number;
  /** Its throughput as a share of curl's. */
  readonly ofCurl: number | null;
  /** By how much the engine's process grew. */
  readonly growthMib: number | null;
};

type Known = Pick<FillFigures, "name" | "base" | "mib" | "growthMib">;

/** The medians of a way to get an object. Ratios are taken round by round before their median is: see figures.ts. */
export function fillFiguresOf(
  { name, base, mib, growthMib }: Known,
  own: readonly FillSample[],
  ofBase: readonly FillSample[],
  ofCurl: readonly FillSample[] | null,
): FillFigures {
  const costs = own.map(({ cpuPerMib }) => cpuPerMib);
  const speeds = own.map(({ mibPerSecond }) => mibPerSecond);
  const baseCosts = ofBase.map(({ cpuPerMib }) => cpuPerMib);
  return {
    ...{ name, base, mib, growthMib },
    ratio: medianRatio(costs, baseCosts),
    cpuPerMib: costs.includes(null) ? null : median(costs.map(Number)),
    mibPerSecond: median(speeds),
    ofCurl:
      ofCurl &&
      medianRatio(
        speeds,
        ofCurl.map(({ mibPerSecond }) => mibPerSecond),
      ),
  };
}

function medianRatio(values: readonly (number | null)[], others: readonly (number | null)[]): number | null {
  if (values.length !== others.length) throw new Error("these were not measured in the same rounds");
  if (values.includes(null) || others.includes(null)) return null;
  return median(values.map((value, round) => Number(value) / Number(others[round])));
}
