/** What a soak found: a table for people, and what does not hold. */
export type Outcome = {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly failures: readonly string[];
};

const MIB = 2 ** 20;

/** As MiB with one digit behind the point. */
export function mib(bytes: number): string {
  return (bytes / MIB).toFixed(1);
}

/** The table in columns, numbers to the right. */
export function tableText({ head, rows }: Outcome): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const isNumber = (cell: string) => /^-?[\d.]+$/.test(cell);
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (isNumber(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)));
  return all.map((row) => line(row).join("  ").trimEnd()).join("\n");
}
