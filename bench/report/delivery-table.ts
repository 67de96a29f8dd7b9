import type { DeliveryFigures } from "../measure/delivery-figures.ts";
import { layOut } from "./table.ts";

const HEAD = ["", "ratio", "against", "CPU µs", "CPU µs/MiB", "requests/s", "MiB/s", "of base", "of nginx"];

/** The figures of downloads as a table, a line each, the ratio of their CPU first. */
export function deliveryTable(figures: readonly DeliveryFigures[]): string {
  const rows = figures.map(({ name, base, mib, ratio, cpuMicroseconds, requestsPerSecond, ofBase, ofNginx }) => [
    ...[name, ratio.toFixed(2), base === name ? "-" : base],
    ...[cpuMicroseconds.toFixed(0), mib < 1 ? "-" : (cpuMicroseconds / mib).toFixed(0)],
    ...[requestsPerSecond.toFixed(requestsPerSecond < 100 ? 1 : 0), (requestsPerSecond * mib).toFixed(0)],
    ...[ofBase.toFixed(2), ofNginx === null ? "-" : ofNginx.toFixed(2)],
  ]);
  return layOut([HEAD, ...rows], [0, 2]);
}
