import { goTo } from "../frame/answer.ts";
import { attempt } from "../frame/attempt.ts";
import type { Call } from "../frame/call.ts";
import { blank, type FormState, readForm, required } from "../frame/forms.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { accountPage } from "./account-page.tsx";
import { newPassword, PASSWORD_HINT } from "./new-password.ts";
import { MAIL, settle } from "./sign-in.tsx";

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
