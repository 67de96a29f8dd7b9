import { RESOURCE_POLICIES } from "../api/delivery.ts";
import type { FormState } from "../frame/forms.ts";
import { Check, Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";

const POLICY_WORDS: Readonly<Record<(typeof RESOURCE_POLICIES)[number], string>> = {
  "cross-origin": "cross-origin: every page",
  "same-site": "same-site: pages of the same site",
  "same-origin": "same-origin: pages of the same host",
};
const POLICIES = RESOURCE_POLICIES.map((policy) => [policy, POLICY_WORDS[policy]] as const);

/** How copies are handed to browsers, as docs/delivery.md tells. */
export function ServingForm({ form, action }: { readonly form: FormState; readonly action: string }) {
  return (
    <section class="panel" aria-labelledby="serving">
      <h2 id="serving">Copies in browsers</h2>
      <Form form={form} action={action} submit="Save">
        <Field
          form={form}
          name="origins"
          label="Pages that may read copies by script (CORS)"
          hint="Origins such as https://app.example.com, one on each line; * alone for every page. None: no page of another origin."
          lines={3}
          mono
        />
        <Field
          form={form}
          name="request_headers"
          label="Fields that they may send"
          hint="One on each line, beside Range and conditions, which they always may."
          lines={2}
          mono
        />
        <Field
          form={form}
          name="exposed_headers"
          label="Fields that they may see"
          hint="One on each line, beside those of every download."
          lines={2}
          mono
        />
        <Field
          form={form}
          name="max_age_seconds"
          label="Seconds that a browser may remember this"
          hint="At most 86400, a day."
          inputmode="numeric"
        />
        <Choose form={form} name="resource_policy" label="Who may embed copies" choices={POLICIES} />
        <Check
          form={form}
          name="show_active"
          label="Show HTML, SVG, XML, scripts and PDF as they are"
          hint="On host names of your own only: elsewhere they are downloads in a sandbox."
        />
      </Form>
    </section>
  );
}
