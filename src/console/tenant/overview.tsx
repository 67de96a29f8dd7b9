import { ApiProblem } from "../api/client.ts";
import { readSavings, readStorage, type Savings, type Storage } from "../api/savings.ts";
import { listOrigins } from "../api/settings.ts";
import { type Activity, activityOf, readUsage } from "../api/usage.ts";
import { dollars } from "../format/money.ts";
import { bytes, count, percent } from "../format/numbers.ts";
import { inWholeCents } from "../format/whole-cents.ts";
import type { TenantCall } from "../frame/call.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Empty } from "../parts/empty.tsx";
import { FigureRow } from "../parts/figure-row.tsx";
import { orProblem, ProblemNote } from "../parts/problem-note.tsx";
import { SavingsChart } from "../parts/savings-chart.tsx";
import { HourCharts, StorageChart } from "./overview-charts.tsx";
import { at, tenantPage } from "./tenant-page.tsx";

/** What a person wants to know first, of the last 24 hours and of 30 days; fresh within 10 s where a script runs. */
export async function overview(call: TenantCall): Promise<Response> {
  const { api } = call;
  const [hours, savings, storage, origins] = await Promise.all([
    orProblem(readUsage(api, { by: "hour", group: "none" })),
    orProblem(readSavings(api)),
    orProblem(readStorage(api)),
    orProblem(listOrigins(api)),
  ]);
  const hasOrigin = origins instanceof ApiProblem || origins.length > 0;
  const isNew = !(hours instanceof ApiProblem) && activityOf(hours).requests === 0;
  return tenantPage(call, {
    title: "Overview",
    charts: true,
    lead: "The last 24 hours, and 30 days of savings. All times are UTC.",
    children: (
      <>
        <p class="notice notice-warn" role="status" data-stale hidden>
          These figures are old: the page cannot be refreshed at the moment. Load it anew, or sign in again.
        </p>
        <div data-live="first-steps">{isNew && <FirstSteps call={call} hasOrigin={hasOrigin} />}</div>
        <div class="section" data-live="figures">
          {hours instanceof ApiProblem ? (
            <ProblemNote what="Usage" problem={hours} />
          ) : (
            <Figures activity={activityOf(hours)} savings={savings} storage={storage} />
          )}
          {savings instanceof ApiProblem ? (
            <ProblemNote what="The savings" problem={savings} />
          ) : (
            <Unpriced call={call} withoutPrice={savings.withoutPrice} />
          )}
        </div>
        <div class="charts" data-live="charts">
          {!(hours instanceof ApiProblem) && <HourCharts rows={hours} />}
          {!(savings instanceof ApiProblem) && <SavingsChart savings={savings} />}
          {!(storage instanceof ApiProblem) && <StorageChart storage={storage} />}
        </div>
      </>
    ),
  });
}

type FiguresProps = { activity: Activity; savings: Savings | ApiProblem; storage: Storage | ApiProblem };

function Figures({ activity, savings, storage }: FiguresProps) {
  const { requests, hits, misses, bypassed, deliveredBytes, originBytes } = activity;
  const total = savings instanceof ApiProblem ? undefined : inWholeCents(savings.days).total;
  return (
    <FigureRow
      label="The last 24 hours"
      stats={[
        {
          label: "Saved in 30 days",
          value: total ? dollars(total.saved) : "—",
          note: total ? `of ${dollars(total.would_have_paid)} without a cache` : "not known at the moment",
          main: true,
        },
        { label: "Requests", value: count(requests), note: `${count(bypassed)} sent on without a look` },
        {
          label: "Hit ratio",
          value: percent(hits, hits + misses + bypassed),
          note: `${count(hits)} hits, ${count(misses)} misses`,
        },
        { label: "Delivered", value: bytes(deliveredBytes), note: `${bytes(originBytes)} fetched from origins` },
        {
          label: "Stored",
          value: storage instanceof ApiProblem ? "—" : bytes(storage.now),
          note: "copies that lie here now",
        },
      ]}
    />
  );
}

/** Where something went out that nobody has a price for: the savings are more than what is shown. */
function Unpriced({ call, withoutPrice }: { call: TenantCall; withoutPrice: number }) {
  if (withoutPrice === 0) return null;
  return (
    <p class="notice notice-warn">
      {bytes(withoutPrice)} went out for origins without a price, and no savings are claimed for them.{" "}
      <a href={at(call, "origins")}>Choose a price table, or enter prices.</a>
    </p>
  );
}

/** For whom nothing has happened yet: what to do, in order. */
function FirstSteps({ call, hasOrigin }: { call: TenantCall; hasOrigin: boolean }) {
  const site = call.member.site === null ? "" : ` --data-urlencode "site=${call.member.site}"`;
  const command = `curl -L -G "${call.parts.edge}/proxy"${site} --data-urlencode "url=$URL" -o file`;
  return (
    <Empty title="Nothing has been downloaded yet">
      <ol>
        <li>
          {hasOrigin ? (
            "Your origin is on the allow-list."
          ) : (
            <a href={at(call, "origins")}>Allow the origin of your files.</a>
          )}
        </li>
        <li>
          <a href={at(call, "keys")}>Make an API key</a>, if your servers are to call us.
        </li>
        <li>Download a signed link of yours through Snapbyte, twice: the first time a miss, the second time a hit.</li>
      </ol>
      <Copyable text={command} label="the command" />
    </Empty>
  );
}
