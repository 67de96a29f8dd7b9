import * as settings from "../api/settings.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, type FormState, listOf, readForm, required } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Empty } from "../parts/empty.tsx";
import { Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { AccessPanel } from "./access-panel.tsx";
import { Cnames } from "./cnames.tsx";
import { ChoosePrices } from "./origin-prices.tsx";
import { ACCESS_CHOICES, OriginRules } from "./origin-rules.tsx";
import { pricesForm, pricesOf } from "./read-prices.ts";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";
import { materialOf, VerificationKeys } from "./verification-keys.tsx";

type Forms = Readonly<Record<"origin" | "prices" | "access" | "cname" | "material", FormState | null>>;
const BLANK: Forms = { origin: null, prices: null, access: null, cname: null, material: null };

/** `GET …/origins`. */
export async function origins(call: TenantCall): Promise<Response> {
  return await show(call, BLANK, null);
}

/** `POST …/origins`: each form of the page by its field `form`. */
export async function actOnOrigins(call: TenantCall): Promise<Response> {
  const values = await readForm(call.request);
  const { api } = call;
  const { form = "", id = "", host = "" } = values;
  const result = await attempt(values, async () => {
    demand(call, "settings:write");
    switch (form) {
      case "origin": {
        const origin = required(
          values,
          "origin",
          "Type the address of the bucket, such as https://media.s3.amazonaws.com/",
        );
        const { access, tags } = values;
        await settings.addOrigin(api, { origin, ...(access && { access }), ...(tags && { tags: listOf(tags) }) });
        return "The origin is allowed. It counts everywhere within two minutes.";
      }
      case "origin-access":
        await settings.changeOrigin(api, id, { access: values.access || null });
        return "The origin's access is changed.";
      case "prices":
        await settings.changeOrigin(api, id, { prices: pricesOf(values) });
        return "The origin's prices are set. They count for what is past, too.";
      case "origin-remove":
        await settings.removeOrigin(api, id);
        return "The origin is not allowed any more.";
      case "access":
        await settings.changeAccess(api, {
          ...{ access: values.access, delivery: values.delivery },
          client_networks: listOf(values.client_networks),
          management_networks: listOf(values.management_networks),
        });
        return "Access is changed.";
      case "cname": {
        const name = required(values, "host", "Type a host name of yours.");
        const bucket_url = required(values, "bucket_url", "Paste the bucket's own address.");
        await settings.addCname(api, { host: name, bucket_url });
        return "The host name stands for the bucket.";
      }
      case "cname-remove":
        await settings.removeCname(api, host);
        return "The host name stands for no bucket any more.";
      case "material":
        await settings.addVerificationKey(api, materialOf(values));
        return "The key is registered; its secret is sealed.";
      case "material-remove":
        await settings.removeVerificationKey(api, id);
        return "The key is removed.";
      default:
        return "Nothing was changed.";
    }
  });
  if (result.ok) return done(call, at(call, "origins"), result.value);
  if (form in BLANK) return await show(call, { ...BLANK, [form]: result.form }, null, 422);
  return await show(call, BLANK, result.form.problem ?? "That is not possible.", 422);
}

async function show(call: TenantCall, forms: Forms, problem: string | null, status = 200): Promise<Response> {
  const { api } = call;
  const [rules, access, cnames, keys] = await Promise.all([
    settings.listOrigins(api),
    settings.readAccess(api),
    settings.listCnames(api),
    settings.listVerificationKeys(api),
  ]);
  const action = at(call, "origins");
  const mayChange = may(call.member, "settings:write");
  const chosen = forms.prices?.values.id ?? call.url.searchParams.get("prices");
  const priced = mayChange && rules.find(({ id }) => String(id) === chosen);
  return tenantPage(call, {
    title: "Origins and access",
    status,
    lead: "Where files may come from, and what a download has to show before it gets the copy.",
    children: (
      <>
        {problem && (
          <p class="notice notice-bad" role="alert">
            {problem}
          </p>
        )}
        {rules.length > 0 ? (
          <OriginRules call={call} rules={rules} action={action} />
        ) : (
          <Empty title="No origin is allowed yet">
            <p>Until there is one, every download is refused. Add the address of your bucket below.</p>
          </Empty>
        )}
        {priced && <ChoosePrices rule={priced} form={forms.prices ?? pricesForm(priced)} action={action} />}
        {mayChange && <NewOrigin form={forms.origin ?? blank()} action={action} />}
        <AccessPanel access={access} form={forms.access} action={action} mayChange={mayChange} />
        <VerificationKeys call={call} keys={keys} form={forms.material} action={action} />
        <Cnames call={call} cnames={cnames} form={forms.cname} action={action} />
      </>
    ),
  });
}

function NewOrigin({ form, action }: { form: FormState; action: string }) {
  return (
    <section class="panel" aria-labelledby="new-origin">
      <h2 id="new-origin">Allow an origin</h2>
      <Form form={form} action={action} name="origin" submit="Allow" inline>
        <Field
          form={form}
          name="origin"
          label="Address"
          hint="https, a host, a path if you like. *. in front of a host stands for one or more labels."
          placeholder="https://media.s3.eu-west-1.amazonaws.com/"
          mono
          required
        />
        <Choose form={form} name="access" id="origin-access" label="Access" choices={ACCESS_CHOICES} />
        <Field form={form} name="tags" label="Tags" hint="Copies from here can be purged by them." />
      </Form>
    </section>
  );
}
