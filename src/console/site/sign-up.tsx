import { goTo } from "../frame/answer.ts";
import { attempt } from "../frame/attempt.ts";
import type { Call } from "../frame/call.ts";
import { flashCookie } from "../frame/flash.ts";
import { blank, FormError, type FormState, readForm, required } from "../frame/forms.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { accountPage } from "./account-page.tsx";
import { settle } from "./sign-in.tsx";

const MAIL = "Type your e-mail address.";
/** Characters; the library holds the same (NIST SP 800-63B section 5.1.1: length, and no riddles). */
export const MIN_PASSWORD = 10;
const PASSWORD_HINT = `At least ${MIN_PASSWORD} characters. A sentence is easier to keep in mind than a riddle.`;

/** A new password. Throws with what to do when it is none. */
export function newPassword(values: Readonly<Record<string, string>>): string {
  const password = values.password ?? "";
  if (password.length < MIN_PASSWORD)
    throw new FormError(null, { password: `Use at least ${MIN_PASSWORD} characters.` });
  return password;
}

/** `GET /sign-up`. */
export async function signUpPage(call: Call): Promise<Response> {
  return call.person ? goTo(call, "/app") : show(call, blank());
}

/** `POST /sign-up`. The answer is the same whether somebody has the address already: the mail tells its owner. */
export async function signUp(call: Call): Promise<Response> {
  const values = await readForm(call.request);
  const result = await attempt(values, async () => {
    const name = required(values, "name", "Type your name.");
    const email = required(values, "email", MAIL);
    const password = newPassword(values);
    return settle(await call.parts.auth.signUp(call.request, { name, email, password }));
  });
  if (!result.ok) return show(call, result.form, 422);
  return goTo(call, "/confirm", result.value.cookies);
}

function show(call: Call, form: FormState, status = 200): Response {
  return accountPage(call, {
    title: "Sign up",
    lead: "An account for you; your organisation comes next.",
    status,
    children: (
      <>
        <Form form={form} action="/sign-up" submit="Sign up" label="Sign up">
          <Field form={form} name="name" label="Your name" autocomplete="name" required />
          <Field form={form} name="email" label="E-mail" type="email" autocomplete="username" required />
          <Field
            form={form}
            name="password"
            label="Password"
            type="password"
            autocomplete="new-password"
            hint={PASSWORD_HINT}
            required
          />
        </Form>
        <p>
          Have you been here before? <a href="/sign-in">Sign in</a>.
        </p>
      </>
    ),
  });
}

/** `GET /confirm`: with a token a button, since programs that read mail follow links; without one, what to do. */
export async function confirmPage(call: Call): Promise<Response> {
  const token = call.url.searchParams.get("token");
  if (token) return showConfirm(call, blank({ token }));
  return accountPage(call, {
    title: "Look into your mail",
    lead: "We have sent you a link. Follow it to confirm your address; it is good for an hour.",
    children: (
      <p>
        Nothing there? Look among the unwanted mail, or <a href="/sign-up">sign up again</a> with the same address.
      </p>
    ),
  });
}

/** `POST /confirm`. */
export async function confirm(call: Call): Promise<Response> {
  const values = await readForm(call.request);
  const result = await attempt(values, async () =>
    settle(await call.parts.auth.confirm(call.request, { token: values.token ?? "" })),
  );
  if (!result.ok) return showConfirm(call, result.form, 422);
  const flash = flashCookie(call.url, { kind: "done", text: "Your address is confirmed." });
  return goTo(call, "/app", [...result.value.cookies, flash]);
}

function showConfirm(call: Call, form: FormState, status = 200): Response {
  return accountPage(call, {
    title: "Confirm your address",
    status,
    children: (
      <Form form={form} action="/confirm" submit="Confirm" label="Confirm your address">
        <input type="hidden" name="token" value={form.values.token} />
        <p class="lead">One click, and your account is yours.</p>
      </Form>
    ),
  });
}

/** `GET /reset`: asks for a mail, or with the token of one for a new password. */
export async function resetPage(call: Call): Promise<Response> {
  const token = call.url.searchParams.get("token");
  return token ? showReset(call, blank({ token })) : showAskReset(call, blank());
}

/** `POST /reset`. */
export async function reset(call: Call): Promise<Response> {
  const values = await readForm(call.request);
  const { auth } = call.parts;
  if (values.token) {
    const token = values.token;
    const result = await attempt(values, async () =>
      settle(await auth.reset(call.request, { token, password: newPassword(values) })),
    );
    if (!result.ok) return showReset(call, result.form, 422);
    const flash = flashCookie(call.url, { kind: "done", text: "Your password is changed. Sign in with the new one." });
    return goTo(call, "/sign-in", [...result.value.cookies, flash]);
  }
  const result = await attempt(values, async () =>
    settle(await auth.askReset(call.request, { email: required(values, "email", MAIL) })),
  );
  if (!result.ok) return showAskReset(call, result.form, 422);
  const text = "If there is an account with this address, a mail with a link is on its way.";
  return goTo(call, "/sign-in", [...result.value.cookies, flashCookie(call.url, { kind: "done", text })]);
}

function showAskReset(call: Call, form: FormState, status = 200): Response {
  return accountPage(call, {
    title: "Forgotten your password?",
    lead: "We send a link with which you choose a new one.",
    status,
    children: (
      <Form form={form} action="/reset" submit="Send the link" label="Ask for a new password">
        <Field form={form} name="email" label="E-mail" type="email" autocomplete="username" required />
      </Form>
    ),
  });
}

function showReset(call: Call, form: FormState, status = 200): Response {
  return accountPage(call, {
    title: "Choose a new password",
    status,
    children: (
      <Form form={form} action="/reset" submit="Change the password" label="New password">
        <input type="hidden" name="token" value={form.values.token} />
        <Field
          form={form}
          name="password"
          label="New password"
          type="password"
          autocomplete="new-password"
          hint={PASSWORD_HINT}
          required
        />
      </Form>
    ),
  });
}
