import type { Storage } from "../api/savings.ts";
import { activityOf, type UsageRow } from "../api/usage.ts";
import { bytes, percent } from "../format/numbers.ts";
import { clock, day } from "../format/times.ts";
import { BytesChart, RequestsChart } from "../parts/activity-charts.tsx";
import { Chart } from "../parts/chart.tsx";

/** What happened hour by hour. */
export function HourCharts({ rows }: { rows: readonly UsageRow[] }) {
  const each = rows.map((row) => activityOf([row]));
  const all = activityOf(rows);
  const empty = "Nothing was asked for in the last 24 hours.";
  return (
    <>
      <RequestsChart rows={rows} by="hour" label={clock} empty={empty} />
      <Chart
        id="ratio"
        title="Hit ratio by hour"
        summary={`${percent(all.hits, all.hits + all.misses + all.bypassed)} over the whole day.`}
        moments={rows.map(({ period }) => period)}
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
      <BytesChart rows={rows} by="hour" label={clock} empty="No bytes went out in the last 24 hours." />
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
