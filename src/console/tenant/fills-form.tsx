import type { FILL_MODES } from "../api/delivery.ts";
import type { FormState } from "../frame/forms.ts";
import { Check, Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";

const MODES: readonly (readonly [(typeof FILL_MODES)[number], string])[] = [
  ["redirect", "redirect: the origin itself, and a copy is made behind it"],
  ["stream", "stream: the origin's bytes through us, kept on the way"],
  ["auto", "auto: stream up to 1 GiB, redirect above"],
];

/** How copies are made. */
export function FillsForm({ form, action }: { readonly form: FormState; readonly action: string }) {
  return (
    <section class="panel" aria-labelledby="fills">
      <h2 id="fills">How copies are made</h2>
      <Form form={form} action={action} submit="Save">
        <Choose form={form} name="mode" label="A first download gets" choices={MODES} />
        <Field
          form={form}
          name="max_object_bytes"
          label="Largest file"
          hint="Such as 10 GB. Larger ones are not stored; your plan's limit holds all the same."
        />
        <Check form={form} name="store_html" label="Store HTML, too" hint="It is often made for one person." />
        <Field form={form} name="store" label="Store" hint="By its name; without one the service's own." mono />
        <Field form={form} name="large_store" label="Store for large files" mono />
        <Field form={form} name="large_from" label="Which are large from" hint="Such as 1 GB." />
      </Form>
    </section>
  );
}
