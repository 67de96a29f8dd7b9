import { listKeys, type PlanState, readPlan } from "../api/account.ts";
import { ApiProblem } from "../api/client.ts";
import { readStorage } from "../api/savings.ts";
import { listHosts } from "../api/settings.ts";
import { activityOf, readUsage } from "../api/usage.ts";
import { bytes, count, percent } from "../format/numbers.ts";
import { day, moment } from "../format/times.ts";
import { goTo } from "../frame/answer.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, FormError, type FormState, readForm } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Badge } from "../parts/badge.tsx";
import { Empty } from "../parts/empty.tsx";
import { orProblem, ProblemNote } from "../parts/problem-note.tsx";
import { Table } from "../parts/table.tsx";
import type { Invoice } from "../payment.ts";
import { at, demand, tenantPage } from "./tenant-page.tsx";

/** `GET …/plan`. */
export async function plan(call: TenantCall): Promise<Response> {
  return await show(call, blank());
}

/** `POST …/plan`: to whoever takes the money, to choose a plan or to change a card. */
export async function actOnPlan(call: TenantCall): Promise<Response> {
  const values = await readForm(call.request);
  const { payment } = call.parts;
  const { tenant } = call.member;
  const back = call.url.origin + at(call, "plan");
  const result = await attempt(values, async () => {
    demand(call, "billing:write");
    if (!payment) throw new FormError("Payment is off in this deployment: its operator gives plans.");
    if (values.form === "portal") {
      const portal = await payment.portal({ tenant, back });
      if (!portal) throw new FormError("There is nothing to manage yet: choose a plan first.");
      return portal;
    }
    return await payment.checkout({ tenant, plan: values.plan ?? "", email: call.person.user.email, back });
  });
  return result.ok ? goTo(call, result.value) : await show(call, result.form, 422);
}

async function show(call: TenantCall, form: FormState, status = 200): Promise<Response> {
  const { api, parts, member } = call;
  const [state, month, storage, keys, hosts] = await Promise.all([
    readPlan(api),
    orProblem(readUsage(api, { by: "month", group: "none" })),
    orProblem(readStorage(api)),
    orProblem(listKeys(api)),
    orProblem(listHosts(api)),
  ]);
  const mayPay = may(member, "billing:write");
  const invoices = parts.payment && mayPay ? await parts.payment.invoices(member.tenant) : null;
  const now = month instanceof ApiProblem ? null : activityOf(month.slice(-1));
  const used = [
    ["Requests this month", now?.requests ?? null, state.limits.requests, count],
    ["Delivered this month", now?.deliveredBytes ?? null, state.limits.delivered_bytes, bytes],
    ["Stored now", storage instanceof ApiProblem ? null : storage.now, state.limits.stored_bytes, bytes],
    ["API keys", keys instanceof ApiProblem ? null : keys.length, state.limits.keys, count],
    ["Domains", hosts instanceof ApiProblem ? null : hosts.length, state.limits.domains, count],
  ] as const;
  return tenantPage(call, {
    title: "Plan and invoices",
    status,
    children: (
      <>
        {form.problem && (
          <p class="notice notice-bad" role="alert">
            {form.problem}
          </p>
        )}
        <Standing state={state} />
        <section class="panel" aria-labelledby="plan">
          <h2 id="plan">{state.plan.name} plan</h2>
          <p class="muted">
            {state.plan.price_cents === null ? "Priced as agreed." : `$${count(state.plan.price_cents / 100)} a month.`}{" "}
            {state.plan.hard
              ? "Past a limit, downloads go to your origin until the month ends."
              : "Past a limit, what is more is charged, and nothing stops."}
          </p>
          {month instanceof ApiProblem && <ProblemNote what="This month's usage" problem={month} />}
          {used.map(([label, value, limit, format]) => (
            <Limit key={label} label={label} value={value} limit={limit} format={format} />
          ))}
        </section>
        {mayPay && <Paying call={call} state={state} invoices={invoices} />}
      </>
    ),
  });
}

function Standing({ state }: { state: PlanState }) {
  const { standing, suspended } = state;
  if (suspended) {
    return (
      <p class="notice notice-bad" role="alert">
        This organisation was suspended on {day(suspended.at)}: {suspended.reason} Downloads go to your origin
        meanwhile.
      </p>
    );
  }
  if (standing.status === "good") return null;
  return (
    <p class="notice notice-warn" role="status">
      You are over the limit of {standing.over?.replaceAll("_", " ")}. Downloads go to your origin
      {standing.until ? ` until ${moment(standing.until)}` : ""}; nothing breaks for who downloads.
    </p>
  );
}

type LimitProps = { label: string; value: number | null; limit: number | null; format: (value: number) => string };

function Limit({ label, value, limit, format }: LimitProps) {
  const id = label.toLowerCase().replaceAll(" ", "-");
  return (
    <div class="limit">
      <p class="limit-line">
        <span id={id}>{label}</span>
        <span>
          {value === null ? "not known" : format(value)}
          <span class="muted">{limit === null ? ", no limit" : ` of ${format(limit)}`}</span>
          {value !== null && limit !== null && limit > 0 && <span class="muted"> ({percent(value, limit)})</span>}
        </span>
      </p>
      {value !== null && limit !== null && limit > 0 && (
        <meter aria-labelledby={id} min={0} max={limit} high={limit * 0.9} value={Math.min(value, limit)} />
      )}
    </div>
  );
}

type PayingProps = { call: TenantCall; state: PlanState; invoices: readonly Invoice[] | null };

function Paying({ call, state, invoices }: PayingProps) {
  const { payment, plans } = call.parts;
  const action = at(call, "plan");
  if (!payment || !invoices) {
    return (
      <Empty title="Payment is off in this deployment">
        <p>Nobody is charged. The operator gives each organisation its plan.</p>
      </Empty>
    );
  }
  const others = (plans ?? []).filter(
    ({ id, priceCents }) => id !== state.plan.id && priceCents !== null && priceCents > 0,
  );
  return (
    <>
      <div class="actions">
        {others.map(({ id, name, priceCents }) => (
          <form key={id} method="post" action={action}>
            <input type="hidden" name="plan" value={id} />
            <button type="submit">
              Change to {name}, ${count((priceCents ?? 0) / 100)} a month
            </button>
          </form>
        ))}
        <form method="post" action={action}>
          <button type="submit" name="form" value="portal" class="quiet">
            Cards and addresses
          </button>
        </form>
      </div>
      <section class="section" aria-labelledby="invoices">
        <h2 id="invoices">Invoices</h2>
        {invoices.length > 0 ? <Invoices invoices={invoices} /> : <Empty title="No invoice yet" />}
      </section>
    </>
  );
}

function Invoices({ invoices }: { invoices: readonly Invoice[] }) {
  return (
    <Table
      caption="Invoices"
      rows={invoices}
      rowKey={({ id }) => id}
      columns={[
        {
          label: "Number",
          heads: true,
          cell: ({ number, url }) => (url ? <a href={url}>{number ?? "draft"}</a> : (number ?? "draft")),
        },
        { label: "Date", cell: ({ at }) => day(at) },
        { label: "State", cell: ({ state }) => <Badge tone={state === "paid" ? "good" : "warn"}>{state}</Badge> },
        {
          label: "Amount",
          numeric: true,
          cell: ({ cents, currency }) => `${(cents / 100).toFixed(2)} ${currency.toUpperCase()}`,
        },
      ]}
    />
  );
}
