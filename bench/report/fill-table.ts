import type { FillFigures } from "../measure/fill-figures.ts";
import { layOut } from "./table.ts";

const HEAD = ["", "ratio", "against", "CPU µs/MiB", "MiB/s", "of curl", "grew MiB"];

/** The figures of fills as a table, a line each, the ratio first. */
export function fillTable(figures: readonly FillFigures[]): string {
  const number = (value: number | null, digits: number) => value?.toFixed(digits) ?? "-";
  const rows = figures.map((each) => [
    each.name,
    number(each.ratio, 2),
    each.base === each.name ? "-" : each.base,
    number(each.cpuPerMib, 0),
    each.mibPerSecond.toFixed(0),
    number(each.ofCurl, 2),
    number(each.growthMib, 0),
  ]);
  return layOut([HEAD, ...rows], [0, 2]);
}
