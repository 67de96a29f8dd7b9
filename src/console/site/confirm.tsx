import { goTo } from "../frame/answer.ts";
import { attempt } from "../frame/attempt.ts";
import type { Call } from "../frame/call.ts";
import { flashCookie } from "../frame/flash.ts";
import { blank, type FormState, readForm } from "../frame/forms.ts";
import { Form } from "../parts/form.tsx";
import { accountPage } from "./account-page.tsx";
import { settle } from "./sign-in.tsx";

/** `GET /confirm`: with a token a button, since programs that read mail follow links; without one, what to do. */
export async function confirmPage(call: Call): Promise<Response> {
  const token = call.url.searchParams.get("token");
  if (token) return show(call, blank({ token }));
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
  if (!result.ok) return show(call, result.form, 422);
  const flash = flashCookie(call.url, { kind: "done", text: "Your address is confirmed." });
  return goTo(call, "/app", [...result.value.cookies, flash]);
}

function show(call: Call, form: FormState, status = 200): Response {
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
