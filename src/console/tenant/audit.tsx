import { type AuditRecord, listAudit } from "../api/account.ts";
import { moment } from "../format/times.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank } from "../frame/forms.ts";
import { Empty } from "../parts/empty.tsx";
import { Field } from "../parts/field.tsx";
import { Pager } from "../parts/pager.tsx";
import { Table } from "../parts/table.tsx";
import { AuditDetail } from "./audit-detail.tsx";
import { at, tenantPage } from "./tenant-page.tsx";

const PAGE_ROWS = 50;

/** `GET …/audit?before=&action=`. */
export async function audit(call: TenantCall): Promise<Response> {
  const { searchParams } = call.url;
  const before = searchParams.get("before");
  const action = (searchParams.get("action") ?? "").trim();
  const query = { before, limit: PAGE_ROWS, ...(action && { action }) };
  const page = await listAudit(call.api, query);
  const here = at(call, "audit");
  const rest = action ? `&action=${encodeURIComponent(action)}` : "";
  return tenantPage(call, {
    title: "Audit log",
    lead: "Every change: who, what, when, and from where. The newest comes first.",
    children: (
      <>
        <form class="filters" method="get" action={here} aria-label="Audit log">
          <Field
            form={blank({ action })}
            name="action"
            label="Action"
            hint="One such as keys.add; with a full stop at its end all that begin so."
            type="search"
            mono
            required
          />
          <button type="submit" class="quiet">
            Show
          </button>
        </form>
        {page.records.length > 0 ? (
          <Records call={call} records={page.records} />
        ) : (
          <Empty title={action ? "No such change" : "Nothing was changed yet"}>
            {action && <a href={here}>Show all changes</a>}
          </Empty>
        )}
        <Pager
          label="Pages of the log"
          next={page.before === null ? null : `${here}?before=${page.before}${rest}`}
          first={before ? `${here}?${rest.slice(1)}` : null}
        />
      </>
    ),
  });
}

function Records({ call, records }: { call: TenantCall; records: readonly AuditRecord[] }) {
  return (
    <Table
      caption="Changes"
      rows={records}
      rowKey={({ id }) => String(id)}
      columns={[
        { label: "When", cell: ({ at }) => <time dateTime={at}>{moment(at)}</time> },
        {
          label: "What",
          heads: true,
          cell: ({ action, detail }) => (
            <>
              <code>{action}</code>
              <AuditDetail call={call} action={action} detail={detail} />
            </>
          ),
        },
        {
          label: "Who",
          cell: ({ who, actor }) => (
            <>
              {who ? who.name : actor}
              {who && <span class="note">{who.operator ? `an operator for them` : who.by}</span>}
            </>
          ),
        },
        { label: "From", wide: true, cell: ({ address }) => <code>{address ?? "—"}</code> },
      ]}
    />
  );
}
