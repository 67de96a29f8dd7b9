import { goTo, page } from "../frame/answer.ts";
import { attempt } from "../frame/attempt.ts";
import type { PersonCall } from "../frame/call.ts";
import { ConsoleLayout } from "../frame/console-layout.tsx";
import { flashCookie } from "../frame/flash.ts";
import { blank, FormError, type FormState, readForm, required } from "../frame/forms.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { settle } from "../site/sign-in.tsx";

/** `GET /app`: to where the person works. */
export async function app(call: PersonCall): Promise<Response> {
  const [first] = call.person.tenants;
  if (first) return goTo(call, `/app/${encodeURIComponent(first.tenant)}/overview`);
  return goTo(call, call.person.operator ? "/operator/status" : "/app/new");
}

/** As in a host name. */
const SITE = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** A short name for links, of whatever somebody is called. */
export function siteOf(name: string): string {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-+|-+$/g, "");
}

/** `GET /app/new`. */
export async function newTenant(call: PersonCall): Promise<Response> {
  return show(call, blank());
}

/** `POST /app/new`. */
export async function makeTenant(call: PersonCall): Promise<Response> {
  const values = await readForm(call.request);
  const result = await attempt(values, async () => {
    const name = required(values, "name", "Type the name of your organisation.");
    const site = siteOf(values.site || name);
    if (!SITE.test(site)) throw new FormError(null, { site: "Use a to z, 0 to 9 and hyphens, 63 characters at most." });
    const made = await call.parts.auth.createTenant(call.request, { name, site });
    if (made.ok) return made;
    throw new FormError(made.field ? null : made.message, made.field ? { [made.field]: made.message } : {});
  });
  if (!result.ok) return show(call, result.form, 422);
  const flash = flashCookie(call.url, {
    kind: "done",
    text: "Your organisation is made. Next: allow the origin of your files.",
  });
  return goTo(call, `/app/${encodeURIComponent(result.value.tenant)}/overview`, [...result.value.cookies, flash]);
}

function show(call: PersonCall, form: FormState, status = 200): Response {
  return page(
    call,
    <ConsoleLayout
      call={call}
      title="New organisation"
      member={null}
      lead="Its files, settings, keys and people are its own. You are its owner, and may invite others."
    >
      <Form form={form} action="/app/new" submit="Make it">
        <Field form={form} name="name" label="Name" autocomplete="organization" required />
        <Field
          form={form}
          name="site"
          label="Short name"
          hint="In links, as ?site=: a to z, 0 to 9 and hyphens. It never changes. Left empty, it is made of the name."
          mono
        />
      </Form>
    </ConsoleLayout>,
    { status },
  );
}

/** `GET /invitations/:id`: a button, since programs that read mail follow links. */
export async function invitation(call: PersonCall): Promise<Response> {
  return showInvitation(call, blank());
}

/** `POST /invitations/:id`. */
export async function acceptInvitation(call: PersonCall): Promise<Response> {
  const values = await readForm(call.request);
  const result = await attempt(values, async () =>
    settle(await call.parts.auth.acceptInvitation(call.request, { id: call.params.id ?? "" })),
  );
  if (!result.ok) return showInvitation(call, result.form, 422);
  return goTo(call, "/app", [
    ...result.value.cookies,
    flashCookie(call.url, { kind: "done", text: "You are a member now." }),
  ]);
}

function showInvitation(call: PersonCall, form: FormState, status = 200): Response {
  return page(
    call,
    <ConsoleLayout call={call} title="You are invited" member={null} lead="Join the organisation that has invited you.">
      <Form form={form} action={call.url.pathname} submit="Join">
        <p class="muted">What you may do there, its owner has chosen.</p>
      </Form>
    </ConsoleLayout>,
    { status },
  );
}
