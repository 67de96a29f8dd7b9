import { activityOf, type UsageRow } from "../api/usage.ts";
import { bytes, count } from "../format/numbers.ts";
import { Chart } from "./chart.tsx";

type Props = {
  readonly rows: readonly UsageRow[];
  /** What a row is of, as it stands in the title, and how its moment is written. */
  readonly by: "hour" | "day";
  readonly label: (iso: string) => string;
  readonly empty: string;
};

/** How much was asked for, and how much of it were hits. */
export function RequestsChart({ rows, by, label, empty }: Props) {
  const all = activityOf(rows);
  const each = rows.map((row) => activityOf([row]));
  return (
    <Chart
      id="requests"
      title={`Requests by ${by}`}
      summary={`${count(all.hits)} of ${count(all.requests)} were hits.`}
      moments={rows.map(({ period }) => period)}
      label={label}
      unit="count"
      format={count}
      kind="bars"
      empty={empty}
      series={[
        { label: "Requests", tone: "muted", values: each.map(({ requests }) => requests) },
        { label: "Hits", tone: "accent", values: each.map(({ hits }) => hits) },
      ]}
    />
  );
}

/** What went out, and what origins sent for it. */
export function BytesChart({ rows, by, label, empty }: Props) {
  const all = activityOf(rows);
  const each = rows.map((row) => activityOf([row]));
  return (
    <Chart
      id="bytes"
      title={`Bytes by ${by}`}
      summary={`${bytes(all.deliveredBytes)} went out; origins sent ${bytes(all.originBytes)} for it.`}
      moments={rows.map(({ period }) => period)}
      label={label}
      unit="bytes"
      format={bytes}
      empty={empty}
      series={[
        { label: "Delivered", tone: "accent", values: each.map(({ deliveredBytes }) => deliveredBytes) },
        { label: "From origins", tone: "warn", values: each.map(({ originBytes }) => originBytes) },
      ]}
    />
  );
}
