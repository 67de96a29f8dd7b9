import type { DeliveryFigures } from "../measure/delivery-figures.ts";
import type { Figures } from "../measure/figures.ts";
import type { FillFigures } from "../measure/fill-figures.ts";

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

/** The figures of fills for programs, those of a whole object as of a request above. What was not measured is left out. */
export function fillJson(figures: readonly FillFigures[]): string {
  const entries = figures.map(({ name, mib, ratio, cpuPerMib, mibPerSecond, ofCurl, growthMib }) => {
    const all = {
      ...{ ratio, cpu_us: cpuPerMib && cpuPerMib * mib, rps: mibPerSecond / mib },
      ...{ cpu_us_per_mib: cpuPerMib, mib_s: mibPerSecond, curl_ratio: ofCurl, growth_mb: growthMib },
    };
    const known = Object.entries(all).flatMap(([field, value]) => (value === null ? [] : [[field, rounded(value)]]));
    return [name, Object.fromEntries(known)];
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** The figures of downloads for programs. Without nginx there is no share of it. */
export function deliveryJson(figures: readonly DeliveryFigures[]): string {
  const entries = figures.map(({ name, mib, ratio, cpuMicroseconds, requestsPerSecond, ofBase, ofNginx }) => {
    const all = {
      ...{ ratio, cpu_us: cpuMicroseconds, cpu_us_per_mib: cpuMicroseconds / mib, rps: requestsPerSecond },
      ...{ mib_s: requestsPerSecond * mib, of_base: ofBase, of_nginx: ofNginx },
    };
    const known = Object.entries(all).flatMap(([field, value]) => (value === null ? [] : [[field, rounded(value)]]));
    return [name, Object.fromEntries(known)];
  });
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}

/** Three decimals are more than was measured. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
