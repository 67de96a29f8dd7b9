import {
  type Inspection,
  inspect,
  type LinkWish,
  listLinkKeys,
  makeLink,
  makeLinkKey,
  revokeLinks,
} from "../api/links.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, FormError, type FormState, readForm, required } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { LinkKeys } from "./link-keys.tsx";
import { Inspect, NewLink, SignLink, WithdrawLinks } from "./link-panels.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

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
        demand(call, "cache:read");
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
        demand(call, "links:write");
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
  const mayLink = may(call.member, "links:write");
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
        {made.link && <NewLink link={made.link.link} expires={made.link.expires_at} />}
        {mayLink && <SignLink form={forms.link} action={action} />}
        {may(call.member, "cache:read") && (
          <Inspect form={forms.inspect} action={action} inspection={made.inspection ?? null} />
        )}
        <LinkKeys call={call} keys={keys} fresh={made.key ?? null} action={action} />
        {mayLink && <WithdrawLinks action={action} />}
      </>
    ),
  });
}
