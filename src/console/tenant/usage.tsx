import { ApiProblem } from "../api/client.ts";
import { readSavings } from "../api/savings.ts";
import { PERIODS, readUsage, type UsageRow } from "../api/usage.ts";
import { moment } from "../format/times.ts";
import type { TenantCall } from "../frame/call.ts";
import { DayName } from "../parts/day-name.tsx";
import { Empty } from "../parts/empty.tsx";
import { orProblem, ProblemNote } from "../parts/problem-note.tsx";
import { Counts } from "./counts.tsx";
import { Ledger } from "./ledger.tsx";
import { at, tenantPage } from "./tenant-page.tsx";

/** `GET …/usage?by=`: what was counted, by period and by origin, and the ledger of savings; all of it as CSV, too. */
export async function usage(call: TenantCall): Promise<Response> {
  const by = PERIODS.find((each) => each === call.url.searchParams.get("by")) ?? "day";
  const [rows, origins, savings] = await Promise.all([
    orProblem(readUsage(call.api, { by, group: "none" })),
    orProblem(readUsage(call.api, { by: "month", group: "origin" })),
    orProblem(readSavings(call.api)),
  ]);
  const here = at(call, "usage");
  return tenantPage(call, {
    title: "Usage",
    lead: "What was counted. Delivered bytes are those that really went out: who leaves at a tenth counts a tenth.",
    children: (
      <>
        <div class="actions spread">
          <nav class="segments" aria-label="Periods">
            {PERIODS.map((each) => (
              <a key={each} href={`${here}?by=${each}`} aria-current={each === by ? "true" : undefined}>
                By {each}
              </a>
            ))}
          </nav>
          <a class="button quiet small" href={`${here}/export?what=usage&by=${by}`}>
            Usage as CSV
          </a>
        </div>
        {rows instanceof ApiProblem ? <ProblemNote what="Usage" problem={rows} /> : <Periods rows={rows} by={by} />}
        <section class="section" aria-labelledby="origins">
          <h2 id="origins">By origin, these months</h2>
          {origins instanceof ApiProblem ? (
            <ProblemNote what="Usage by origin" problem={origins} />
          ) : (
            <Origins rows={origins} />
          )}
        </section>
        <section class="section" aria-labelledby="ledger">
          <div class="page-head">
            <h2 id="ledger">The ledger of savings</h2>
            <a class="button quiet small" href={`${here}/export?what=savings`}>
              Ledger as CSV
            </a>
          </div>
          <p class="lead">
            What your origins would have charged for the delivered bytes, less what they charged for first downloads and
            fills, less what the platform charged. Each row adds up, and so does the column.
          </p>
          {savings instanceof ApiProblem ? (
            <ProblemNote what="The ledger" problem={savings} />
          ) : (
            <Ledger savings={savings} />
          )}
        </section>
      </>
    ),
  });
}

function Periods({ rows, by }: { rows: readonly UsageRow[]; by: string }) {
  if (rows.every(({ requests }) => requests === 0)) {
    return (
      <Empty title="Nothing was counted yet">
        <p>A download through /proxy appears here within 10 seconds.</p>
      </Empty>
    );
  }
  return (
    <Counts
      caption={`Usage by ${by}`}
      rows={[...rows].reverse()}
      name="Period (UTC)"
      label={({ period }) => <Period iso={period} by={by} />}
    />
  );
}

function Period({ iso, by }: { iso: string; by: string }) {
  if (by === "day") return <DayName iso={iso} />;
  return <span class="nowrap">{by === "hour" ? moment(iso).replace(" UTC", "") : iso.slice(0, 7)}</span>;
}

function Origins({ rows }: { rows: readonly UsageRow[] }) {
  if (rows.length === 0) return <Empty title="No origin was asked yet" />;
  return (
    <Counts
      caption="Usage by origin and month"
      rows={[...rows].reverse()}
      name="Origin"
      label={({ origin }) => origin?.url ?? (origin ? "removed" : "no line of the allow-list")}
      byMonth
    />
  );
}
