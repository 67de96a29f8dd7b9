import { ApiProblem } from "../api/client.ts";
import { readHealth, readStatus, type SystemStatus } from "../api/operator.ts";
import { count } from "../format/numbers.ts";
import { fromNow } from "../format/times.ts";
import type { OperatorCall } from "../frame/call.ts";
import { Badge } from "../parts/badge.tsx";
import { Empty } from "../parts/empty.tsx";
import { FigureRow } from "../parts/figure-row.tsx";
import { orProblem, ProblemNote } from "../parts/problem-note.tsx";
import { Table } from "../parts/table.tsx";
import { operatorPage } from "./operator-page.tsx";
import { StuckFills } from "./stuck-fills.tsx";

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
            <FigureRow label="Under way" stats={figures(system, call.now)} />
          )}
        </div>
        {!(system instanceof ApiProblem) && <StuckFills call={call} stuck={system.stuck_fills} />}
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

function figures(system: SystemStatus, now: number) {
  const { fills_in_flight, queued_messages, dead_letters, failed_fills_last_hour, lost_batches } = system;
  return [
    { label: "Fills in flight", value: count(fills_in_flight), note: "those that wait included" },
    {
      label: "Queued",
      value: queued_messages === null ? "—" : count(queued_messages),
      note: queued_messages === null ? "the queue does not say" : "messages that wait, about",
    },
    {
      label: "Dead letters",
      value: <a href="/operator/dead-letters">{count(dead_letters)}</a>,
      note: "not replayed",
      main: dead_letters > 0,
    },
    { label: "Failed fills", value: count(failed_fills_last_hour), note: "in the last hour" },
    { label: "Lost usage batches", value: count(lost_batches), note: "of the last day" },
    {
      label: "Usage",
      value: system.usage_waits_since === null ? "summed" : fromNow(system.usage_waits_since, now),
      note: system.usage_waits_since === null ? "in days and months" : "came what waits for its sum",
    },
  ];
}
