import type { Figures } from "../measure/figures.ts";

/** The figures for programs: `{name: {ratio, cpu_us, rps, p50_ms, p99_ms}}`. */
export function json(figures: readonly Figures[]): string {
  const entries = figures.map((each) => [
    each.name,
    {
      ratio: rounded(each.ratio),
      cpu_us: rounded(each.cpuMicroseconds),
      rps: rounded(each.requestsPerSecond),
      p50_ms: rounded(each.p50Ms),
      p99_ms: rounded(each.p99Ms),
    },
  ]);
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** Three decimals are more than was measured. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
