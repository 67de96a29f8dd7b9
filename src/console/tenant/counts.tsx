import type { ComponentChildren } from "preact";
import { activityOf, type UsageRow } from "../api/usage.ts";
import { bytes, count, percent } from "../format/numbers.ts";
import { Table } from "../parts/table.tsx";

type CountsProps = {
  readonly caption: string;
  readonly rows: readonly UsageRow[];
  readonly name: string;
  readonly label: (row: UsageRow) => ComponentChildren;
  /** Whether rows of several months have one name. */
  readonly byMonth?: boolean;
};

const MONTH = {
  label: "Month",
  cell: ({ row }: { row: UsageRow }) => <span class="nowrap">{row.period.slice(0, 7)}</span>,
};

/** The counters that people ask for, row by row. */
export function Counts({ caption, rows, name, label, byMonth = false }: CountsProps) {
  const all = rows.map((row) => ({ row, ...activityOf([row]) }));
  return (
    <Table
      caption={caption}
      tight={!byMonth}
      rows={all}
      rowKey={({ row }) => `${row.period} ${row.origin?.id ?? ""}`}
      columns={[
        { label: name, heads: true, cell: ({ row }) => label(row) },
        ...(byMonth ? [MONTH] : []),
        { label: "Requests", numeric: true, cell: ({ requests }) => count(requests) },
        { label: "Hits", numeric: true, wide: true, cell: ({ hits }) => count(hits) },
        {
          label: "Hit ratio",
          numeric: true,
          cell: ({ hits, misses, bypassed }) => percent(hits, hits + misses + bypassed),
        },
        { label: "Delivered", numeric: true, cell: ({ deliveredBytes }) => bytes(deliveredBytes) },
        { label: "From origins", numeric: true, wide: true, cell: ({ originBytes }) => bytes(originBytes) },
        { label: "Fills", numeric: true, wide: true, cell: ({ fills }) => count(fills) },
        { label: "Failed", numeric: true, wide: true, cell: ({ failedFills }) => count(failedFills) },
      ]}
    />
  );
}
