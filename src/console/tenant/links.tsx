import {
  type Inspection,
  inspect,
  type LinkWish,
  listLinkKeys,
  makeLink,
  makeLinkKey,
  revokeLinks,
} from "../api/links.ts";
import { moment } from "../format/times.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, FormError, type FormState, readForm, required } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Choose, Field } from "../parts/field.tsx";
import { Confirm, Form } from "../parts/form.tsx";
import { InspectionFacts } from "./inspection-facts.tsx";
import { LinkKeys } from "./link-keys.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

const LIVES = [
  ["600", "10 minutes"],
  ["3600", "1 hour"],
  ["86400", "1 day"],
  ["604800", "7 days"],
] as const;

/** What a post to this page has brought, shown once. */
type Made = {
  readonly link?: { readonly link: string; readonly expires_at: string };
  readonly inspection?: Inspection;
  readonly key?: { readonly kid: string; readonly key: string };
};

type Forms = { readonly link: FormState; readonly inspect: FormState };

const BLANK: Forms = { link: blank({ life: "3600" }), inspect: blank() };

/** `GET …/links`. */
export async function links(call: TenantCall): Promise<Response> {
  return await show(call, BLANK, {});
}

/** `POST …/links`: signs a link, inspects a URL, makes a link key, or withdraws links. */
export async function actOnLinks(call: TenantCall): Promise<Response> {
  const values = await readForm(call.request);
  const { api } = call;
  switch (values.form) {
    case "inspect": {
      const result = await attempt(values, async () => {
        demand(call, "links:write");
        return await inspect(api, required(values, "url", "Paste a URL."));
      });
      if (!result.ok) return await show(call, { ...BLANK, inspect: result.form }, {}, 422);
      return await show(call, { ...BLANK, inspect: blank(values) }, { inspection: result.value });
    }
    case "key":
    case "rotate": {
      const result = await attempt(values, async () => {
        demand(call, "settings:write");
        return await makeLinkKey(api, values.form === "rotate");
      });
      return result.ok
        ? await show(call, BLANK, { key: result.value })
        : await show(call, { ...BLANK, link: result.form }, {}, 422);
    }
    case "revoke": {
      const result = await attempt(values, async () => {
        demand(call, "cache:purge");
        return await revokeLinks(api);
      });
      if (!result.ok) return await show(call, { ...BLANK, link: result.form }, {}, 422);
      return done(call, at(call, "links"), "No link to a copy that was made until now counts any more.");
    }
    default: {
      const result = await attempt(values, async () => {
        demand(call, "links:write");
        return await makeLink(api, linkWish(values), call.parts.edge);
      });
      if (!result.ok) return await show(call, { ...BLANK, link: result.form }, {}, 422);
      return await show(call, { ...BLANK, link: blank(values) }, { link: result.value });
    }
  }
}

function linkWish(values: Readonly<Record<string, string>>): LinkWish {
  const { url, hash, ip } = values;
  if (!url && !hash) throw new FormError(null, { url: "Give the URL of the file, its key, or both." });
  return { ...(url && { url }), ...(hash && { hash }), ...(ip && { ip }), expires_in: Number(values.life) || 3600 };
}

async function show(call: TenantCall, forms: Forms, made: Made, status = 200): Promise<Response> {
  const action = at(call, "links");
  const keys = await listLinkKeys(call.api);
  return tenantPage(call, {
    title: "Links",
    status,
    lead: (
      <>
        Links that you sign yourself open a copy without asking the origin.{" "}
        <a href="/docs/signed-links">How to sign them</a> on your own servers.
      </>
    ),
    children: (
      <>
        {made.link && (
          <section class="panel" aria-labelledby="made">
            <h2 id="made">Your link, good until {moment(made.link.expires_at)}</h2>
            <Copyable text={made.link.link} label="the link" />
          </section>
        )}
        {may(call.member, "links:write") && (
          <>
            <section class="panel" aria-labelledby="sign">
              <h2 id="sign">Make a signed link</h2>
              <Form form={forms.link} action={action} name="link" submit="Sign" inline>
                <Field form={forms.link} name="url" label="URL at the origin" type="url" mono />
                <Field form={forms.link} name="hash" label="Key" mono />
                <Choose form={forms.link} name="life" label="Good for" choices={LIVES} />
                <Field form={forms.link} name="ip" label="Only from" hint="An address or a CIDR block." mono />
              </Form>
            </section>
            <section class="panel" aria-labelledby="look">
              <h2 id="look">Inspect a URL</h2>
              <p class="muted">
                How the cache reads it, and why it stores it or not. No value of a credential is shown.
              </p>
              <Form form={forms.inspect} action={action} name="inspect" submit="Inspect">
                <Field form={forms.inspect} name="url" id="inspect-url" label="Signed URL" type="url" mono required />
              </Form>
              {made.inspection && <InspectionFacts inspection={made.inspection} />}
            </section>
          </>
        )}
        <LinkKeys call={call} keys={keys} fresh={made.key ?? null} action={action} />
        {may(call.member, "cache:purge") && (
          <section class="panel" aria-labelledby="withdraw">
            <h2 id="withdraw">Has a link leaked?</h2>
            <p class="muted">
              Links to copies that <code>/proxy</code> has handed out can be withdrawn all at once, everywhere, within
              about a second. Links that you sign yourself end with their key.
            </p>
            <Confirm
              action={action}
              label="Withdraw all links to copies…"
              warning="Downloads that have begun go on. Everybody else has to come by /proxy again."
              submit="Withdraw them"
              fields={{ form: "revoke" }}
            />
          </section>
        )}
      </>
    ),
  });
}
