import type { Download } from "./download.ts";

/** The downloads side by side, one line each. */
export function table(downloads: Readonly<Record<string, Download>>): string {
  const rows = Object.entries(downloads).map(([name, each]) => [
    name,
    String(each.status),
    each.cacheStatus,
    each.location?.host ?? "nowhere",
    String(each.bytes),
    `${each.sha256.slice(0, 12)}…`,
    String(each.milliseconds),
  ]);
  const all = [["", "status", "Cache-Status", "served by", "bytes", "sha256", "ms"], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
