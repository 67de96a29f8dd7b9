import type { SystemStatus } from "../api/operator.ts";
import type { OperatorCall } from "../frame/call.ts";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";

type Props = { readonly call: OperatorCall; readonly stuck: SystemStatus["stuck_fills"] };

/** Entries that count as being filled while nobody has their fill. */
export function StuckFills({ call, stuck }: Props) {
  return <div data-live="stuck">{stuck?.length !== 0 && <Section call={call} stuck={stuck} />}</div>;
}

function Section({ call, stuck }: Props) {
  return (
    <section class="section" aria-labelledby="stuck">
      <h2 id="stuck">Stuck fills</h2>
      <p class="muted">
        {stuck
          ? "Nobody has their fill any more: the next download, or a preload, begins it anew."
          : "The gate does not say who fills what at the moment."}
      </p>
      {stuck && (
        <Table
          caption="Stuck fills"
          rows={stuck}
          rowKey={({ tenant, key }) => `${tenant}/${key}`}
          columns={[
            { label: "Key", heads: true, cell: ({ key }) => <span class="key-cell mono">{key}</span> },
            {
              label: "Tenant",
              cell: ({ tenant }) => <a href={`/operator/tenants/${encodeURIComponent(tenant)}`}>{tenant}</a>,
            },
            { label: "Silent since", cell: ({ since }) => <When at={since} now={call.now} /> },
          ]}
        />
      )}
    </section>
  );
}
