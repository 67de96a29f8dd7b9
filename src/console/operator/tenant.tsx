import type { Tenant } from "../api/account.ts";
import { changeTenant, readTenant, resumeTenant, suspendTenant } from "../api/operator.ts";
import { day, moment } from "../format/times.ts";
import { attempt } from "../frame/attempt.ts";
import type { OperatorCall } from "../frame/call.ts";
import { blank, FormError, type FormState, readForm, required } from "../frame/forms.ts";
import { Facts } from "../parts/facts.tsx";
import { Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { enterTenant } from "./enter-tenant.ts";
import { done, operatorPage } from "./operator-page.tsx";
import { StandingBadge } from "./tenants.tsx";

const LIMITS = [
  ["requests", "Requests a month"],
  ["delivered_bytes", "Bytes delivered a month"],
  ["stored_bytes", "Bytes stored"],
  ["max_object_bytes", "Bytes of a file"],
  ["keys", "API keys"],
  ["domains", "Domains"],
  ["members", "Members"],
] as const;

/** `GET /operator/tenants/:id`. */
export async function tenant(call: OperatorCall): Promise<Response> {
  return show(call, await readTenant(call.api, call.params.id ?? ""), {});
}

/** `POST /operator/tenants/:id`: suspends, resumes, or changes plan and limits. */
export async function actOnTenant(call: OperatorCall): Promise<Response> {
  const { api } = call;
  const id = call.params.id ?? "";
  const values = await readForm(call.request);
  if (values.form === "enter") return await enterTenant(call, id);
  const form = values.form === "suspend" ? "suspend" : "change";
  const result = await attempt(values, async () => {
    switch (values.form) {
      case "suspend":
        await suspendTenant(api, id, required(values, "reason", "Say why: the tenant reads it."));
        return "The tenant is suspended: its downloads go to their origins.";
      case "resume":
        await resumeTenant(api, id);
        return "The tenant is served again.";
      default:
        await changeTenant(api, id, { plan: values.plan, own_limits: limitsOf(values) });
        return "Plan and limits are changed.";
    }
  });
  if (result.ok) return done(call, `/operator/tenants/${encodeURIComponent(id)}`, result.value);
  return show(call, await readTenant(api, id), { [form]: result.form }, 422);
}

/** Empty: the plan's; `none`: no limit. */
function limitsOf(values: Readonly<Record<string, string>>): Record<string, number | null> {
  const errors: Record<string, string> = {};
  const own = LIMITS.flatMap(([name]): (readonly [string, number | null])[] => {
    const text = (values[name] ?? "").replaceAll(/[ ,_]/g, "");
    if (text === "") return [];
    if (text === "none") return [[name, null]];
    if (!/^\d{1,15}$/.test(text)) errors[name] = "A whole number, none, or nothing for the plan's.";
    return [[name, Number(text)]];
  });
  if (Object.keys(errors).length > 0) throw new FormError(null, errors);
  return Object.fromEntries(own);
}

type Forms = { readonly suspend?: FormState; readonly change?: FormState };

function show(call: OperatorCall, tenant: Tenant, forms: Forms, status = 200): Response {
  const action = `/operator/tenants/${encodeURIComponent(tenant.id)}`;
  const own = Object.entries(tenant.own_limits).map(([name, value]) => [name, value === null ? "none" : String(value)]);
  const change = forms.change ?? blank({ plan: tenant.plan, ...Object.fromEntries(own) });
  const suspend = forms.suspend ?? blank();
  const plans = (call.parts.plans ?? []).map(({ id, name }) => [id, name] as const);
  return operatorPage(call, {
    title: tenant.name,
    status,
    lead: <a href="/operator/tenants">All tenants</a>,
    children: (
      <>
        <Facts
          facts={[
            ["Id", <code key="id">{tenant.id}</code>],
            ["Site", <code key="site">{tenant.site}</code>],
            ["Standing", <StandingBadge key="standing" tenant={tenant} />],
            ["Suspended", tenant.suspended ? `${moment(tenant.suspended.at)}: ${tenant.suspended.reason}` : "no"],
            ["Since", day(tenant.created_at)],
          ]}
        />
        <form method="post" action={action} class="actions">
          <button type="submit" name="form" value="enter" class="quiet">
            Look after this tenant
          </button>
          <span class="muted">That you enter, and each change, is written into its audit log with your name.</span>
        </form>
        <section class="panel" aria-labelledby="limits">
          <h2 id="limits">Plan and limits of its own</h2>
          <Form form={change} action={action} name="change" submit="Save" inline>
            {plans.length > 0 ? (
              <Choose form={change} name="plan" label="Plan" choices={withCurrent(plans, tenant.plan)} />
            ) : (
              <Field form={change} name="plan" label="Plan" required />
            )}
            {LIMITS.map(([name, label]) => (
              <Field key={name} form={change} name={name} label={label} placeholder="the plan's" inputmode="numeric" />
            ))}
          </Form>
        </section>
        <section class="panel" aria-labelledby="suspension">
          <h2 id="suspension">Suspension</h2>
          {tenant.suspended ? (
            <form method="post" action={action}>
              <button type="submit" name="form" value="resume">
                Serve it again
              </button>
            </form>
          ) : (
            <Form form={suspend} action={action} name="suspend" submit="Suspend">
              <Field
                form={suspend}
                name="reason"
                label="Reason"
                hint="The tenant reads it. Downloads go to their origins; nothing is deleted."
                required
              />
            </Form>
          )}
        </section>
      </>
    ),
  });
}

function withCurrent(plans: readonly (readonly [string, string])[], current: string) {
  return plans.some(([id]) => id === current) ? plans : [...plans, [current, current] as const];
}
