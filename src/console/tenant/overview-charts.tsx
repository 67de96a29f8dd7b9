import type { Storage } from "../api/savings.ts";
import { activityOf, type UsageRow } from "../api/usage.ts";
import { bytes, count, percent } from "../format/numbers.ts";
import { clock, day } from "../format/times.ts";
import { Chart } from "../parts/chart.tsx";

/** What happened hour by hour. */
export function HourCharts({ rows }: { rows: readonly UsageRow[] }) {
  const moments = rows.map(({ period }) => period);
  const each = rows.map((row) => activityOf([row]));
  const all = activityOf(rows);
  const empty = "Nothing was asked for in the last 24 hours.";
  return (
    <>
      <Chart
        id="requests"
        title="Requests by hour"
        summary={`${count(all.hits)} of ${count(all.requests)} were hits.`}
        moments={moments}
        label={clock}
        unit="count"
        format={count}
        kind="bars"
        empty={empty}
        series={[
          { label: "Requests", tone: "muted", values: each.map(({ requests }) => requests) },
          { label: "Hits", tone: "accent", values: each.map(({ hits }) => hits) },
        ]}
      />
      <Chart
        id="ratio"
        title="Hit ratio by hour"
        summary={`${percent(all.hits, all.hits + all.misses + all.bypassed)} over the whole day.`}
        moments={moments}
        label={clock}
        unit="percent"
        format={(value) => `${value.toFixed(1)} %`}
        empty={empty}
        series={[
          {
            label: "Hit ratio",
            tone: "accent",
            values: each.map(({ hits, misses, bypassed }) => {
              const whole = hits + misses + bypassed;
              return whole === 0 ? null : (100 * hits) / whole;
            }),
          },
        ]}
      />
      <Chart
        id="bytes"
        title="Bytes by hour"
        summary={`${bytes(all.deliveredBytes)} went out; origins sent ${bytes(all.originBytes)} for it.`}
        moments={moments}
        label={clock}
        unit="bytes"
        format={bytes}
        empty="No bytes went out in the last 24 hours."
        series={[
          { label: "Delivered", tone: "accent", values: each.map(({ deliveredBytes }) => deliveredBytes) },
          { label: "From origins", tone: "warn", values: each.map(({ originBytes }) => originBytes) },
        ]}
      />
    </>
  );
}

/** What lay here day by day. */
export function StorageChart({ storage: { now, days } }: { storage: Storage }) {
  return (
    <Chart
      id="storage"
      title="Stored bytes by day"
      summary={`${bytes(now)} lie here now.`}
      moments={days.map((each) => `${each.day}T00:00:00Z`)}
      label={day}
      unit="bytes"
      format={bytes}
      empty="Nothing is stored yet."
      series={[{ label: "Stored", tone: "accent", values: days.map(({ stored_bytes }) => stored_bytes) }]}
    />
  );
}
