import { API_ORIGIN, ApiProblem } from "../api/client.ts";
import { type Amounts, readSavings, type Savings } from "../api/savings.ts";
import { activityOf, PERIODS, readUsage, type UsageRow } from "../api/usage.ts";
import { dollars } from "../format/money.ts";
import { bytes, count, percent } from "../format/numbers.ts";
import { day, moment } from "../format/times.ts";
import { inWholeCents } from "../format/whole-cents.ts";
import { answer } from "../frame/answer.ts";
import type { TenantCall } from "../frame/call.ts";
import { Empty } from "../parts/empty.tsx";
import { orProblem, ProblemNote } from "../parts/problem-note.tsx";
import { Table } from "../parts/table.tsx";
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
        <nav class="actions" aria-label="Periods and export">
          {PERIODS.map((each) => (
            <a
              key={each}
              class="button quiet small"
              href={`${here}?by=${each}`}
              aria-current={each === by ? "true" : undefined}
            >
              By {each}
            </a>
          ))}
          <a class="button quiet small" href={`${here}/export?what=usage&by=${by}`}>
            Usage as CSV
          </a>
          <a class="button quiet small" href={`${here}/export?what=savings`}>
            Ledger as CSV
          </a>
        </nav>
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
          <h2 id="ledger">The ledger of savings</h2>
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

/** Pages of one export: a thousand rows each. */
const MOST_PAGES = 100;

/** `GET …/usage/export?what=`: the API's own CSV, all its pages, under a name that says what it is. */
export async function exportUsage(call: TenantCall): Promise<Response> {
  const { searchParams } = call.url;
  const isLedger = searchParams.get("what") === "savings";
  const name = `snapbyte-${isLedger ? "savings" : "usage"}-${new Date(call.now).toISOString().slice(0, 10)}.csv`;
  const first = isLedger ? {} : { by: searchParams.get("by") ?? "day" };
  const parts: string[] = [];
  for (let cursor: string | null = "", page = 0; cursor !== null && page < MOST_PAGES; page += 1) {
    const response = await call.api.raw(isLedger ? "/savings" : "/usage", { ...first, cursor }, "text/csv");
    const text = await response.text();
    // Every page begins with the names of its columns.
    parts.push(page === 0 ? text : text.slice(text.indexOf("\n") + 1));
    cursor = nextCursor(response);
  }
  return answer(call, parts.join(""), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="${name}"`,
      "Cache-Control": "no-store",
    },
  });
}

/** Where the next page begins, by `Link: <…>; rel="next"` (RFC 8288). */
function nextCursor({ headers }: Response): string | null {
  const next = /<([^>]+)>;\s*rel="next"/.exec(headers.get("Link") ?? "")?.[1];
  return next === undefined ? null : new URL(next, API_ORIGIN).searchParams.get("cursor");
}

function Periods({ rows, by }: { rows: readonly UsageRow[]; by: string }) {
  if (rows.every(({ requests }) => requests === 0)) {
    return (
      <Empty title="Nothing was counted yet">
        <p>A download through /proxy appears here within 10 seconds.</p>
      </Empty>
    );
  }
  const label = (iso: string) => (by === "hour" ? moment(iso) : by === "day" ? day(iso) : iso.slice(0, 7));
  return (
    <Counts
      caption={`Usage by ${by}`}
      rows={[...rows].reverse()}
      name="Period (UTC)"
      label={({ period }) => label(period)}
    />
  );
}

function Origins({ rows }: { rows: readonly UsageRow[] }) {
  if (rows.length === 0) return <Empty title="No origin was asked yet" />;
  return (
    <Counts
      caption="Usage by origin and month"
      rows={[...rows].reverse()}
      name="Origin"
      label={({ origin, period }) =>
        `${origin?.url ?? (origin ? "removed" : "no line of the allow-list")}, ${period.slice(0, 7)}`
      }
    />
  );
}

type CountsProps = {
  readonly caption: string;
  readonly rows: readonly UsageRow[];
  readonly name: string;
  readonly label: (row: UsageRow) => string;
};

/** The counters that people ask for, row by row. */
export function Counts({ caption, rows, name, label }: CountsProps) {
  const all = rows.map((row) => ({ row, ...activityOf([row]) }));
  return (
    <Table
      caption={caption}
      rows={all}
      rowKey={({ row }) => `${row.period} ${row.origin?.id ?? ""}`}
      columns={[
        { label: name, heads: true, cell: ({ row }) => label(row) },
        { label: "Requests", numeric: true, cell: ({ requests }) => count(requests) },
        { label: "Hits", numeric: true, cell: ({ hits }) => count(hits) },
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

function Ledger({ savings }: { savings: Savings }) {
  const { days, total } = inWholeCents(savings.days);
  if (days.length === 0) {
    return (
      <Empty title="No row yet">
        <p>The first one comes with the first day of traffic.</p>
      </Empty>
    );
  }
  const cells = (row: Amounts) =>
    [row.would_have_paid, row.paid_to_origin, row.paid_to_platform, row.saved].map(dollars);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be within reach of the keyboard
    <section class="table-scroll" aria-label="Ledger of savings" tabIndex={0}>
      <table>
        <caption class="visually-hidden">Ledger of savings</caption>
        <thead>
          <tr>
            <th scope="col">Day (UTC)</th>
            {["Without a cache", "To origins", "To the platform", "Saved"].map((label) => (
              <th key={label} scope="col" class="num">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[...days].reverse().map((row) => (
            <tr key={row.day}>
              <th scope="row">{day(`${row.day}T00:00:00Z`)}</th>
              {cells(row).map((text, at) => (
                <td key={at} class="num">
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All</th>
            {cells(total).map((text, at) => (
              <td key={at} class="num">
                {text}
              </td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
