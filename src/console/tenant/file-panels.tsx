import type { FormState } from "../frame/forms.ts";
import { Check, Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";
import { SELECTORS } from "./purge-selection.ts";

type Props = { readonly form: FormState; readonly action: string };

/** Has a copy made before anybody downloads the file. */
export function PreloadPanel({ form, action }: Props) {
  return (
    <section class="panel" aria-labelledby="preload">
      <h2 id="preload">Have a copy made ahead</h2>
      <Form form={form} action={action} name="preload" submit="Preload" inline>
        <Field form={form} name="url" label="Signed URL" type="url" mono required />
        <Field form={form} name="hash" label="Key of your own" mono />
        <Field form={form} name="tags" label="Tags" hint="With commas between them." />
      </Form>
    </section>
  );
}

/** Takes away all that a selection is about, whether it is on this page or not. */
export function PurgePanel({ form, action }: Props) {
  return (
    <section class="panel" aria-labelledby="purge">
      <h2 id="purge">Purge</h2>
      <p class="muted">When a purge has answered, no download that starts later gets the old bytes.</p>
      <Form form={form} action={action} name="purge" submit="Purge" inline>
        <Choose form={form} name="by" label="What" choices={SELECTORS} />
        <Field form={form} name="value" label="Value" hint="For everything, type: everything" mono required />
        <Check
          form={form}
          name="soft"
          label="Softly"
          hint="The old copy is served until the next download has it made anew."
        />
      </Form>
    </section>
  );
}
