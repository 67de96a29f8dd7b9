import { ApiProblem } from "../api/client.ts";
import { readHealth, readStatus } from "../api/operator.ts";
import { count } from "../format/numbers.ts";
import type { OperatorCall } from "../frame/call.ts";
import { Badge } from "../parts/badge.tsx";
import { Empty } from "../parts/empty.tsx";
import { FigureRow } from "../parts/figure-row.tsx";
import { orProblem, ProblemNote } from "../parts/problem-note.tsx";
import { Table } from "../parts/table.tsx";
import { operatorPage } from "./operator-page.tsx";

/** `GET /operator/status`. */
export async function status(call: OperatorCall): Promise<Response> {
  const [health, system] = await Promise.all([orProblem(readHealth(call.api)), orProblem(readStatus(call.api))]);
  return operatorPage(call, {
    title: "System status",
    lead: "Each dependency as the API sees it at this moment, and what is under way.",
    children: (
      <>
        <div class="section" data-live="figures">
          {system instanceof ApiProblem ? (
            <ProblemNote what="What is under way" problem={system} />
          ) : (
            <FigureRow
              label="Under way"
              stats={[
                { label: "Fills in flight", value: count(system.fills_in_flight) },
                {
                  label: "Queued",
                  value: system.queued_fills === null ? "—" : count(system.queued_fills),
                  note: "fills that wait",
                },
                {
                  label: "Dead letters",
                  value: <a href="/operator/dead-letters">{count(system.dead_letters)}</a>,
                  main: system.dead_letters > 0,
                },
                { label: "Failed fills", value: count(system.failed_fills_last_hour), note: "in the last hour" },
                { label: "Lost usage batches", value: count(system.lost_batches), note: "numbers that never came" },
              ]}
            />
          )}
        </div>
        <section class="section" aria-labelledby="dependencies" data-live="dependencies">
          <h2 id="dependencies">Dependencies</h2>
          {health instanceof ApiProblem ? (
            <Empty title="The API does not say how it is">
              <p>It answers {health.status}: look at its logs. Downloads go to their origins meanwhile.</p>
            </Empty>
          ) : (
            <Table
              caption="Dependencies"
              rows={Object.entries(health.dependencies)}
              rowKey={([name]) => name}
              columns={[
                { label: "Name", heads: true, cell: ([name]) => name },
                { label: "State", cell: ([, state]) => <Badge tone={state === "ok" ? "good" : "bad"}>{state}</Badge> },
              ]}
            />
          )}
        </section>
      </>
    ),
  });
}
