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
import { orProblem, ProblemNote } from "../parts/problem-note.tsx";
import { isOffered, Paid, Paying, Thanks } from "./paying.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

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
    if (!isOffered(call, (await readPlan(call.api)).plan.id)) {
      throw new FormError("Your plan was agreed with the operator: ask them to change it.");
    }
    return await payment.checkout({ tenant, plan: values.plan ?? "", email: call.person.user.email, back });
  });
  if (!result.ok) return await show(call, result.form, 422);
  if (result.value === null) return done(call, at(call, "plan"), "The plan is being changed: give it a minute.");
  return goTo(call, result.value);
}

async function show(call: TenantCall, form: FormState, status = 200): Promise<Response> {
  const { api, parts, member } = call;
  const mayPay = may(member, "billing:write");
  const paying = mayPay ? parts.payment : null;
  const [state, month, storage, keys, hosts, bought, invoices] = await Promise.all([
    readPlan(api),
    orProblem(readUsage(api, { by: "month", group: "none" })),
    orProblem(readStorage(api)),
    orProblem(listKeys(api)),
    orProblem(listHosts(api)),
    paying && orProblem(paying.bought(member.tenant)),
    paying && orProblem(paying.invoices(member.tenant)),
  ]);
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
        {call.url.searchParams.get("checkout") === "done" && <Thanks />}
        <Standing state={state} />
        {bought instanceof ApiProblem ? (
          <ProblemNote what="What was paid" problem={bought} />
        ) : (
          <Paid bought={bought} />
        )}
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
