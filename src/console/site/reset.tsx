import { goTo } from "../frame/answer.ts";
import { attempt } from "../frame/attempt.ts";
import type { Call } from "../frame/call.ts";
import { flashCookie } from "../frame/flash.ts";
import { blank, type FormState, readForm, required } from "../frame/forms.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { accountPage } from "./account-page.tsx";
import { newPassword, PASSWORD_HINT } from "./new-password.ts";
import { MAIL, settle } from "./sign-in.tsx";

/** `GET /reset`: asks for a mail, or with the token of one for a new password. */
export async function resetPage(call: Call): Promise<Response> {
  const token = call.url.searchParams.get("token");
  return token ? showNew(call, blank({ token })) : showAsk(call, blank());
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
    if (!result.ok) return showNew(call, result.form, 422);
    const flash = flashCookie(call.url, { kind: "done", text: "Your password is changed. Sign in with the new one." });
    return goTo(call, "/sign-in", [...result.value.cookies, flash]);
  }
  const result = await attempt(values, async () =>
    settle(await auth.askReset(call.request, { email: required(values, "email", MAIL) })),
  );
  if (!result.ok) return showAsk(call, result.form, 422);
  const text = "If there is an account with this address, a mail with a link is on its way.";
  return goTo(call, "/sign-in", [...result.value.cookies, flashCookie(call.url, { kind: "done", text })]);
}

function showAsk(call: Call, form: FormState, status = 200): Response {
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

function showNew(call: Call, form: FormState, status = 200): Response {
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
