import { goTo } from "../frame/answer.ts";
import { attempt } from "../frame/attempt.ts";
import type { Call } from "../frame/call.ts";
import { flashCookie } from "../frame/flash.ts";
import { blank, FormError, type FormState, readForm, required } from "../frame/forms.ts";
import { leaving } from "../frame/guards.ts";
import { ownPath } from "../frame/security.ts";
import type { Cookies, Outcome } from "../identity.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { accountPage } from "./account-page.tsx";

export const MAIL = "Type your e-mail address.";

/** What an outcome means for a form: its cookies, or the form again. */
export function settle(outcome: Outcome): { cookies: Cookies; next: "second-factor" | "confirm" | undefined } {
  if (outcome.ok) return { cookies: outcome.cookies, next: outcome.next };
  throw new FormError(
    outcome.field ? null : outcome.message,
    outcome.field ? { [outcome.field]: outcome.message } : {},
  );
}

/** `GET /sign-in`. */
export async function signInPage(call: Call): Promise<Response> {
  const next = ownPath(call.url.searchParams.get("next"), "/app");
  return call.person ? goTo(call, next) : show(call, blank({ next }));
}

/** `POST /sign-in`. */
export async function signIn(call: Call): Promise<Response> {
  const values = await readForm(call.request);
  const next = ownPath(values.next ?? null, "/app");
  const result = await attempt(values, async () => {
    const email = required(values, "email", MAIL);
    const password = required(values, "password", "Type your password.");
    return settle(await call.parts.auth.signIn(call.request, { email, password }));
  });
  if (!result.ok) return show(call, result.form, 422);
  const { cookies, next: step } = result.value;
  if (step === "second-factor") return goTo(call, `/second-factor?next=${encodeURIComponent(next)}`, cookies);
  return goTo(call, step === "confirm" ? "/confirm" : next, [...cookies, leaving(call.url)]);
}

function show(call: Call, form: FormState, status = 200): Response {
  return accountPage(call, {
    title: "Sign in",
    status,
    children: (
      <>
        <Form form={form} action="/sign-in" submit="Sign in" label="Sign in">
          <input type="hidden" name="next" value={form.values.next} />
          <Field form={form} name="email" label="E-mail" type="email" autocomplete="username" required />
          <Field
            form={form}
            name="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            required
          />
        </Form>
        <p>
          <a href="/reset">Forgotten your password?</a> New here? <a href="/sign-up">Sign up</a>.
        </p>
      </>
    ),
  });
}

/** `GET /second-factor`. */
export async function secondFactorPage(call: Call): Promise<Response> {
  return showFactor(call, blank({ next: ownPath(call.url.searchParams.get("next"), "/app") }));
}

/** `POST /second-factor`. */
export async function checkSecondFactor(call: Call): Promise<Response> {
  const values = await readForm(call.request);
  const result = await attempt(values, async () => {
    const code = required(values, "code", "Type the code that your authenticator shows.").replaceAll(" ", "");
    return settle(await call.parts.auth.checkSecondFactor(call.request, { code }));
  });
  if (!result.ok) return showFactor(call, result.form, 422);
  return goTo(call, ownPath(values.next ?? null, "/app"), [...result.value.cookies, leaving(call.url)]);
}

function showFactor(call: Call, form: FormState, status = 200): Response {
  return accountPage(call, {
    title: "One more step",
    lead: "Your account asks for a second factor.",
    status,
    children: (
      <Form form={form} action="/second-factor" submit="Continue" label="Second factor">
        <input type="hidden" name="next" value={form.values.next} />
        <Field
          form={form}
          name="code"
          label="Code"
          hint="Six digits of your authenticator, or one of your recovery codes."
          autocomplete="one-time-code"
          required
          mono
        />
      </Form>
    ),
  });
}

/** `POST /impersonation/stop`: the operator is themselves again. */
export async function stopImpersonating(call: Call): Promise<Response> {
  return goTo(call, "/operator/status", settle(await call.parts.auth.stopImpersonating(call.request)).cookies);
}

/** `POST /sign-out`. */
export async function signOut(call: Call): Promise<Response> {
  const { cookies } = settle(await call.parts.auth.signOut(call.request));
  return goTo(call, "/", [
    ...cookies,
    leaving(call.url),
    flashCookie(call.url, { kind: "done", text: "You are signed out." }),
  ]);
}
