import { readPrices } from "../api/operator.ts";
import type { OperatorCall } from "../frame/call.ts";
import { Badge } from "../parts/badge.tsx";
import { Empty } from "../parts/empty.tsx";
import { Table } from "../parts/table.tsx";
import { operatorPage } from "./operator-page.tsx";

/** `GET /operator/prices`. */
export async function prices(call: OperatorCall): Promise<Response> {
  const tables = await readPrices(call.api);
  return operatorPage(call, {
    title: "Price tables",
    lead: "What charges are calculated with, from which day on, and where it is from. A new price is a new table beside the old one.",
    children: (
      <>
        {tables.length === 0 && <Empty title="There are no price tables in this deployment" />}
        {tables.map(({ id, from, where, lines, sources }) => (
          <section key={`${id} ${from}`} class="panel" aria-label={`${id}, from ${from}`}>
            <div class="page-head">
              <h2>{where}</h2>
              <p class="muted">
                <code>{id}</code>, from {from}
              </p>
            </div>
            <Table
              caption={`Prices of ${id}`}
              rows={lines}
              rowKey={({ what, unit }) => what + unit}
              columns={[
                { label: "What", heads: true, cell: ({ what }) => what },
                { label: "Unit", cell: ({ unit }) => unit },
                { label: "Price", numeric: true, cell: ({ price }) => price },
              ]}
            />
            <ul class="sources">
              {sources.map(({ page, as_of, confirmed }) => (
                <li key={page}>
                  <a href={page} rel="noreferrer">
                    {page}
                  </a>{" "}
                  as of {as_of} {!confirmed && <Badge tone="warn">not confirmed</Badge>}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </>
    ),
  });
}
