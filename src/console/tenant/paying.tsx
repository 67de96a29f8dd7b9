import type { PlanState } from "../api/account.ts";
import { ApiProblem } from "../api/client.ts";
import { count } from "../format/numbers.ts";
import { day } from "../format/times.ts";
import type { TenantCall } from "../frame/call.ts";
import { Badge } from "../parts/badge.tsx";
import { Empty } from "../parts/empty.tsx";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Table } from "../parts/table.tsx";
import type { Bought, Invoice } from "../payment.ts";
import { at } from "./tenant-page.tsx";

/** After paying: Stripe tells us in its own time. */
export function Thanks() {
  return (
    <p class="notice" role="status">
      Thank you. The plan changes as soon as the payment is confirmed, mostly within a minute.
    </p>
  );
}

/** What is paid, and what a person has to do about it. */
export function Paid({ bought }: { bought: Bought | null }) {
  if (!bought || bought.state === "ended") return null;
  const { state, paidUntil, endsAt } = bought;
  if (state === "late") {
    return (
      <p class="notice notice-warn" role="status">
        The last payment has failed and is tried again. Change the card under Cards and addresses; until then nothing
        stops.
      </p>
    );
  }
  if (state === "pending") return <p class="notice">The first payment is under way.</p>;
  if (endsAt) return <p class="notice notice-warn">This plan ends on {day(endsAt)}, and the free one follows.</p>;
  return paidUntil && <p class="muted">Paid until {day(paidUntil)}.</p>;
}

/** Whether a tenant may change its plan by paying: one that is not on offer was given by the operator, and stays. */
export function isOffered({ parts }: TenantCall, plan: string): boolean {
  return (parts.plans ?? []).some(({ id }) => id === plan);
}

type PayingProps = { call: TenantCall; state: PlanState; invoices: readonly Invoice[] | ApiProblem | null };

/** Plans to change to, cards, and invoices; or that payment is off. */
export function Paying({ call, state, invoices }: PayingProps) {
  const { payment, plans } = call.parts;
  const action = at(call, "plan");
  if (!payment || !invoices) {
    return (
      <Empty title="Payment is off in this deployment">
        <p>Nobody is charged. The operator gives each organisation its plan.</p>
      </Empty>
    );
  }
  const offers = isOffered(call, state.plan.id) ? (plans ?? []) : [];
  const others = offers.filter(({ id, priceCents }) => id !== state.plan.id && priceCents !== null && priceCents > 0);
  return (
    <>
      {offers.length === 0 && <p class="muted">Your plan was agreed with the operator, who changes it.</p>}
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
        {invoices instanceof ApiProblem ? (
          <ProblemNote what="Invoices" problem={invoices} />
        ) : invoices.length > 0 ? (
          <Invoices invoices={invoices} />
        ) : (
          <Empty title="No invoice yet" />
        )}
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
