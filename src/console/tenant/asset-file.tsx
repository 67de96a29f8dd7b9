import type { FormState } from "../frame/forms.ts";
import { Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";

type Props = { readonly form: FormState; readonly action: string };

/** Takes a new file in. Which of two buttons is pressed says who may download it, so that nothing is lost with the form. */
export function UploadPanel({ form, action }: Props) {
  return (
    <section class="panel" aria-labelledby="upload">
      <h2 id="upload">Upload a file</h2>
      <p class="muted">
        A private file is downloaded by private links alone. More than 100 MB come in chunks, which go on where they
        broke off: <a href="/docs/uploads">uploads</a>.
      </p>
      <Form
        form={form}
        action={action}
        submit="Upload as private"
        hasFile
        more={
          <button type="submit" class="quiet" formaction={`${action}?is_public=true`}>
            Upload as public
          </button>
        }
      >
        <Field form={form} name="file" label="File" type="file" required />
      </Form>
    </section>
  );
}

/** Puts another file in the place of an asset's. */
export function ReplacePanel({ form, action }: Props) {
  return (
    <section class="panel" aria-labelledby="replace">
      <h2 id="replace">Replace the content</h2>
      <p class="muted">Name and addresses stay. The old content can be had only as versions that were published.</p>
      <Form form={form} action={action} submit="Replace" hasFile>
        <Field form={form} name="file" label="File" type="file" required />
      </Form>
    </section>
  );
}

/** Another name; what it is downloaded under stays. */
export function RenamePanel({ form, action }: Props) {
  return (
    <section class="panel" aria-labelledby="rename">
      <h2 id="rename">Rename</h2>
      <Form form={form} action={action} name="rename" submit="Rename">
        <Field form={form} name="filename" label="Name" required />
      </Form>
    </section>
  );
}
