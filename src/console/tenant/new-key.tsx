import { SCOPES } from "../api/account.ts";
import type { FormState } from "../frame/forms.ts";
import { Check, Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";

/** Days that a key may live, as the form says them. */
export const LIVES = [
  ["", "No end"],
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "A year"],
] as const;

/** Asks what a new key is for. */
export function NewKey({ form, action }: { form: FormState; action: string }) {
  return (
    <section class="panel" aria-labelledby="new-key">
      <h2 id="new-key">Make a key</h2>
      <Form form={form} action={action} name="add" submit="Make the key" inline>
        <Field form={form} name="name" label="Name" placeholder="upload server" required />
        <Choose form={form} name="life" label="Ends after" choices={LIVES} />
        <fieldset class="scopes">
          <legend>What it may do</legend>
          {SCOPES.map(([scope, words]) => (
            <Check
              key={scope}
              form={form}
              name={`scope ${scope}`}
              id={scope.replace(/\W/g, "-")}
              label={words}
              hint={scope}
            />
          ))}
        </fieldset>
      </Form>
    </section>
  );
}
