import type { Figures } from "../measure/figures.ts";

const HEAD = ["", "ratio", "against", "CPU µs", "added ms", "requests/s", "at/s", "p50 ms", "p99 ms"];

/** From here on the side that asks was the limit, and the server could have done more. */
const BUSY = 0.97;

/** The figures as a table, a line each, the ratio first: it alone means something on another machine. */
export function table(figures: readonly Figures[]): string {
  const rows = figures.map((each) => [
    each.name,
    each.ratio.toFixed(2),
    each.base === each.name ? "-" : each.base,
    each.cpuMicroseconds.toFixed(0),
    each.base === each.name ? "-" : each.addedMs.toFixed(3),
    `${each.busy >= BUSY ? "≥" : ""}${each.requestsPerSecond.toFixed(0)}`,
    String(each.perSecond),
    each.p50Ms.toFixed(2),
    each.p99Ms.toFixed(1),
  ]);
  return layOut([HEAD, ...rows], [0, 2]);
}

/** Lines of cells in columns, those of `texts` from the left, numbers from the right. */
export function layOut(lines: readonly (readonly string[])[], texts: readonly number[]): string {
  const [head = []] = lines;
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const cell = (content: string, column: number) =>
    texts.includes(column) ? content.padEnd(widths[column] ?? 0) : content.padStart(widths[column] ?? 0);
  return lines.map((line) => line.map(cell).join("  ").trimEnd()).join("\n");
}
