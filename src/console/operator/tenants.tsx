import type { Tenant } from "../api/account.ts";
import { listTenants } from "../api/operator.ts";
import type { OperatorCall } from "../frame/call.ts";
import { blank } from "../frame/forms.ts";
import { Badge } from "../parts/badge.tsx";
import { Empty } from "../parts/empty.tsx";
import { Field } from "../parts/field.tsx";
import { Pager } from "../parts/pager.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";
import { operatorPage } from "./operator-page.tsx";

const PAGE_ROWS = 50;
const HERE = "/operator/tenants";

/** `GET /operator/tenants?q=&cursor=`. */
export async function tenants(call: OperatorCall): Promise<Response> {
  const search = (call.url.searchParams.get("q") ?? "").trim();
  const cursor = call.url.searchParams.get("cursor");
  const page = await listTenants(call.api, { search: search || null, cursor, limit: PAGE_ROWS });
  const rest = search ? `&q=${encodeURIComponent(search)}` : "";
  return operatorPage(call, {
    title: "Tenants",
    children: (
      <>
        <form class="filters" method="get" action={HERE} aria-label="Tenants">
          <Field form={blank({ q: search })} name="q" label="Name, site or id" type="search" required />
          <button type="submit" class="quiet">
            Show
          </button>
        </form>
        {page.tenants.length > 0 ? (
          <TenantTable call={call} tenants={page.tenants} />
        ) : (
          <Empty title={search ? "No tenant has this in its name, site or id" : "There are no tenants yet"} />
        )}
        <Pager
          label="Pages of tenants"
          next={page.cursor && `${HERE}?cursor=${encodeURIComponent(page.cursor)}${rest}`}
          first={cursor ? `${HERE}?${rest.slice(1)}` : null}
        />
      </>
    ),
  });
}

function TenantTable({ call, tenants }: { call: OperatorCall; tenants: readonly Tenant[] }) {
  return (
    <Table
      caption="Tenants"
      rows={tenants}
      rowKey={({ id }) => id}
      columns={[
        {
          label: "Name",
          heads: true,
          cell: ({ id, name, site }) => (
            <>
              <a href={`${HERE}/${encodeURIComponent(id)}`}>{name}</a>
              <span class="note">
                {id}, site {site}
              </span>
            </>
          ),
        },
        { label: "Plan", cell: ({ plan }) => plan },
        { label: "Standing", cell: (tenant) => <StandingBadge tenant={tenant} /> },
        { label: "Since", wide: true, cell: ({ created_at }) => <When at={created_at} now={call.now} /> },
      ]}
    />
  );
}

export function StandingBadge({ tenant }: { tenant: Pick<Tenant, "suspended" | "standing"> }) {
  if (tenant.suspended) return <Badge tone="bad">suspended</Badge>;
  if (tenant.standing.status === "good") return <Badge tone="good">good</Badge>;
  return <Badge tone="warn">{`over ${tenant.standing.over?.replaceAll("_", " ") ?? "a limit"}`}</Badge>;
}
