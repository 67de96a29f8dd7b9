import { ApiProblem } from "../api/client.ts";
import { changeServing, RESOURCE_POLICIES, readServing, type Serving } from "../api/delivery.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, FormError, type FormState, listOf, readForm } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Facts } from "../parts/facts.tsx";
import { ServingForm } from "./serving-form.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

/** A day, in seconds: browsers remember a preflight no longer, and the API takes no more. */
const MAX_AGE_S = 86_400;

/** `GET …/serving`. */
export async function serving(call: TenantCall): Promise<Response> {
  return await show(call, null);
}

/** `POST …/serving`. */
export async function actOnServing(call: TenantCall): Promise<Response> {
  const values = await readForm(call.request);
  const result = await attempt(values, async () => {
    demand(call, "settings:write");
    const change = {
      cors: corsOf(values),
      resource_policy: policyOf(values),
      show_active: values.show_active === "yes",
    };
    return await changeServing(call.api, change).catch(throwAtField);
  });
  if (!result.ok) return await show(call, result.form, 422);
  return done(call, at(call, "serving"), "Saved. It counts everywhere within two minutes.");
}

type Values = Readonly<Record<string, string>>;

/** `null`: no page of another origin reads copies. */
function corsOf(values: Values) {
  const [origins, request_headers, exposed_headers] = ["origins", "request_headers", "exposed_headers"].map((name) =>
    listOf(values[name]),
  ) as [string[], string[], string[]];
  const seconds = values.max_age_seconds ?? "";
  if (!/^\d{0,5}$/.test(seconds) || Number(seconds) > MAX_AGE_S) {
    throw new FormError(null, { max_age_seconds: `Type whole seconds, ${MAX_AGE_S} at most.` });
  }
  if (origins.length > 0) {
    return { origins, request_headers, exposed_headers, ...(seconds && { max_age_seconds: Number(seconds) }) };
  }
  if (request_headers.length + exposed_headers.length === 0) return null;
  throw new FormError(null, { origins: "Name the origins that the fields below are for." });
}

function policyOf({ resource_policy }: Values): string {
  const policy = RESOURCE_POLICIES.find((each) => each === resource_policy);
  if (!policy) throw new FormError(null, { resource_policy: "Choose one of the list." });
  return policy;
}

/** The API names a value by its place in the body: here it is a line of a field. */
function throwAtField(error: unknown): never {
  if (!(error instanceof ApiProblem)) throw error;
  if (error.code === "NO_OWN_HOST") throw new FormError(null, { show_active: error.message });
  const [, field, position, todo] = /^cors\.([a-z_]+)(?:\.(\d+))?:? (.+)$/s.exec(error.message) ?? [];
  if (field === undefined) throw error;
  const what = position === undefined ? "This" : `Line ${Number(position) + 1}`;
  throw new FormError(null, { [field]: `${what} ${todo}` });
}

function valuesOf({ cors, resource_policy, show_active }: Serving): Values {
  return {
    ...{ origins: cors?.origins.join("\n") ?? "", request_headers: cors?.request_headers.join("\n") ?? "" },
    exposed_headers: cors?.exposed_headers.join("\n") ?? "",
    ...{ max_age_seconds: cors ? String(cors.max_age_seconds) : "", resource_policy },
    show_active: show_active ? "yes" : "",
  };
}

async function show(call: TenantCall, form: FormState | null, status = 200): Promise<Response> {
  const settings = await readServing(call.api);
  return tenantPage(call, {
    title: "Serving",
    status,
    lead: "What browsers may do with a copy.",
    children: may(call.member, "settings:write") ? (
      <ServingForm form={form ?? blank(valuesOf(settings))} action={at(call, "serving")} />
    ) : (
      <Facts
        facts={[
          ["Pages that may read copies by script", settings.cors?.origins.join(", ") ?? "none of other origins"],
          ["Fields that they may send", settings.cors?.request_headers.join(", ") || "ranges and conditions"],
          ["Fields that they may see", settings.cors?.exposed_headers.join(", ") || "those of every download"],
          ["Who may embed copies", settings.resource_policy],
          ["HTML, SVG and PDF are shown as they are", settings.show_active ? "yes" : "no"],
        ]}
      />
    ),
  });
}
