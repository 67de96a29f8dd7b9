import { goTo, page } from "../frame/answer.ts";
import { attempt } from "../frame/attempt.ts";
import type { PersonCall } from "../frame/call.ts";
import { ConsoleLayout } from "../frame/console-layout.tsx";
import { flashCookie } from "../frame/flash.ts";
import { blank, FormError, type FormState, readForm, required } from "../frame/forms.ts";
import type { FactorSetup } from "../identity.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Facts } from "../parts/facts.tsx";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { Secret } from "../parts/secret.tsx";
import { settle } from "../site/sign-in.tsx";

const PASSWORD = "Type your password.";

/** `GET /app/account`. */
export async function account(call: PersonCall): Promise<Response> {
  return show(call, blank(), null);
}

/** `POST /app/account`: sets up, confirms or turns off the second factor. */
export async function actOnAccount(call: PersonCall): Promise<Response> {
  const values = await readForm(call.request);
  const { auth } = call.parts;
  if (values.form === "set-up") {
    const result = await attempt(values, async () => {
      const setup = await auth.setUpSecondFactor(call.request, { password: required(values, "password", PASSWORD) });
      if (setup.ok) return setup;
      throw new FormError(null, { [setup.field ?? "password"]: setup.message });
    });
    return result.ok ? show(call, blank(), result.value) : show(call, result.form, null, 422);
  }
  const result = await attempt(values, async () => {
    if (values.form === "turn-off") {
      const password = required(values, "password", PASSWORD);
      return {
        ...settle(await auth.turnOffSecondFactor(call.request, { password })),
        text: "The second factor is off.",
      };
    }
    const code = required(values, "code", "Type the code that your authenticator shows.").replaceAll(" ", "");
    return { ...settle(await auth.confirmSecondFactor(call.request, { code })), text: "The second factor is on." };
  });
  if (!result.ok) return show(call, result.form, null, 422);
  const { cookies, text } = result.value;
  return goTo(call, "/app/account", [...cookies, flashCookie(call.url, { kind: "done", text })]);
}

function show(call: PersonCall, form: FormState, setup: FactorSetup | null, status = 200): Response {
  const { user, tenants } = call.person;
  return page(
    call,
    <ConsoleLayout call={call} title="Your account" member={null}>
      <Facts
        facts={[
          ["Name", user.name],
          ["E-mail", user.email],
          ["Organisations", tenants.map(({ name, role }) => `${name} (${role})`).join(", ") || "none yet"],
          ["Second factor", user.secondFactor ? "on" : "off"],
          ["Sessions", <a href="/app/sessions">Where you are signed in</a>],
        ]}
      />
      <section class="panel" aria-labelledby="factor">
        <h2 id="factor">Second factor</h2>
        {setup ? (
          <Setup form={form} setup={setup} />
        ) : (
          <Form
            form={form}
            action="/app/account"
            name={user.secondFactor ? "turn-off" : "set-up"}
            submit={user.secondFactor ? "Turn it off" : "Set it up"}
          >
            <p class="muted">
              {user.secondFactor
                ? "Signing in asks for a code of your authenticator."
                : "With an authenticator on your phone, a stolen password opens nothing."}
            </p>
            <Field
              form={form}
              name="password"
              label="Password"
              type="password"
              autocomplete="current-password"
              required
            />
          </Form>
        )}
        {status === 422 && form.values.form === "confirm" && <CodeForm form={form} />}
      </section>
    </ConsoleLayout>,
    { status, cookies: setup?.cookies ?? [] },
  );
}

function Setup({ form, setup }: { form: FormState; setup: FactorSetup }) {
  return (
    <>
      <p>
        Put this secret into your authenticator, or <a href={setup.uri}>open your authenticator</a> on this device:
      </p>
      <Copyable text={setup.secret} label="the secret" />
      <Secret title="Recovery codes" secret={setup.recoveryCodes.join(" ")} />
      <CodeForm form={form} />
    </>
  );
}

function CodeForm({ form }: { form: FormState }) {
  return (
    <Form form={form} action="/app/account" name="confirm" submit="Turn it on">
      <Field
        form={form}
        name="code"
        label="Code"
        hint="Six digits: it shows that it works."
        autocomplete="one-time-code"
        required
        mono
      />
    </Form>
  );
}
