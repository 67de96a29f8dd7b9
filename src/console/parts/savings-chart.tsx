import type { Savings } from "../api/savings.ts";
import { chartDollars, dollars } from "../format/money.ts";
import { day } from "../format/times.ts";
import { inWholeCents } from "../format/whole-cents.ts";
import { Chart } from "./chart.tsx";

/** What was saved day by day, beside what it would have cost. */
export function SavingsChart({ savings: { days } }: { savings: Savings }) {
  const { total } = inWholeCents(days);
  const parts = `less ${dollars(total.paid_to_origin)} to origins and ${dollars(total.paid_to_platform)} to the platform`;
  return (
    <Chart
      id="savings"
      title="Savings by day"
      summary={`${dollars(total.saved)} saved: ${dollars(total.would_have_paid)} ${parts}.`}
      moments={days.map((each) => `${each.day}T00:00:00Z`)}
      label={day}
      unit="dollars"
      format={(value) => dollars(BigInt(Math.round(value * 1e9)))}
      kind="bars"
      empty="No savings yet: they begin with the first hit."
      series={[
        { label: "Without a cache", tone: "muted", values: days.map((each) => chartDollars(each.would_have_paid)) },
        { label: "Saved", tone: "accent", values: days.map((each) => chartDollars(each.saved)) },
      ]}
    />
  );
}
