import { ApiProblem } from "../api/client.ts";
import { readGlobalSavings, readGlobalUsage } from "../api/operator.ts";
import type { Savings } from "../api/savings.ts";
import { activityOf } from "../api/usage.ts";
import { dollars } from "../format/money.ts";
import { bytes, count, percent } from "../format/numbers.ts";
import { day } from "../format/times.ts";
import { inWholeCents } from "../format/whole-cents.ts";
import type { OperatorCall } from "../frame/call.ts";
import { BytesChart, RequestsChart } from "../parts/activity-charts.tsx";
import { FigureRow } from "../parts/figure-row.tsx";
import { orProblem, ProblemNote } from "../parts/problem-note.tsx";
import { SavingsChart } from "../parts/savings-chart.tsx";
import { Counts } from "../tenant/counts.tsx";
import { operatorPage } from "./operator-page.tsx";

/** `GET /operator/usage`. */
export async function globalUsage(call: OperatorCall): Promise<Response> {
  const [rows, savings] = await Promise.all([
    orProblem(readGlobalUsage(call.api, "day")),
    orProblem(readGlobalSavings(call.api)),
  ]);
  return operatorPage(call, {
    title: "Global usage",
    charts: true,
    lead: "All tenants together, 30 days. What was saved is the sum of what each of them has saved, by its own prices.",
    children: (
      <>
        {rows instanceof ApiProblem ? <ProblemNote what="Usage" problem={rows} /> : <All rows={rows} />}
        {savings instanceof ApiProblem ? (
          <ProblemNote what="The savings" problem={savings} />
        ) : (
          <AllSavings savings={savings} />
        )}
      </>
    ),
  });
}

function AllSavings({ savings }: { savings: Savings }) {
  const { total } = inWholeCents(savings.days);
  const unpriced = savings.withoutPrice > 0 ? `${bytes(savings.withoutPrice)} had no price` : undefined;
  return (
    <>
      <FigureRow
        label="Savings in 30 days"
        stats={[
          { label: "Saved", value: dollars(total.saved), main: true, ...(unpriced && { note: unpriced }) },
          { label: "Without a cache", value: dollars(total.would_have_paid) },
          { label: "To origins", value: dollars(total.paid_to_origin) },
          { label: "To the platform", value: dollars(total.paid_to_platform) },
        ]}
      />
      <div class="charts">
        <SavingsChart savings={savings} />
      </div>
    </>
  );
}

function All({ rows }: { rows: Awaited<ReturnType<typeof readGlobalUsage>> }) {
  const all = activityOf(rows);
  return (
    <>
      <FigureRow
        label="30 days"
        stats={[
          { label: "Requests", value: count(all.requests) },
          { label: "Hit ratio", value: percent(all.hits, all.hits + all.misses + all.bypassed), main: true },
          { label: "Delivered", value: bytes(all.deliveredBytes) },
          { label: "From origins", value: bytes(all.originBytes) },
          { label: "Failed fills", value: count(all.failedFills), note: `${count(all.fills)} were made` },
        ]}
      />
      <div class="charts">
        <RequestsChart rows={rows} by="day" label={day} empty="Nothing was asked for yet." />
        <BytesChart rows={rows} by="day" label={day} empty="No bytes went out yet." />
      </div>
      <Counts caption="Usage by day" rows={[...rows].reverse()} name="Day (UTC)" label={({ period }) => day(period)} />
    </>
  );
}
