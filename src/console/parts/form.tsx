import type { ComponentChildren } from "preact";
import type { FormState } from "../frame/forms.ts";

type Props = {
  readonly form: FormState;
  readonly action: string;
  /** What the button says. */
  readonly submit: string;
  readonly label?: string;
  /** Told from other forms of the page by this: it goes along as the field `form`. */
  readonly name?: string;
  readonly inline?: boolean;
  /** Whether it has a file in it, which comes as it is, and is read by nobody here. */
  readonly hasFile?: boolean;
  /** More buttons. */
  readonly more?: ComponentChildren;
  readonly children: ComponentChildren;
};

/** A form that posts to us. What is wrong with all of it stands on top, where a reader of the page begins. */
export function Form({ form, action, submit, label, name, inline = false, hasFile, more, children }: Props) {
  const wrong = Object.keys(form.errors).length;
  return (
    <form
      method="post"
      action={action}
      enctype={hasFile ? "multipart/form-data" : undefined}
      class={inline ? "form inline" : "form"}
      aria-label={label}
      novalidate
    >
      {(form.problem || wrong > 0) && (
        <p class="notice notice-bad" role="alert">
          {form.problem ?? (wrong === 1 ? "One field needs another look." : `${wrong} fields need another look.`)}
        </p>
      )}
      {name && <input type="hidden" name="form" value={name} />}
      {children}
      <p class={more ? "form-submit actions" : "form-submit"}>
        <button type="submit">{submit}</button> {more}
      </p>
    </form>
  );
}

type ConfirmProps = {
  readonly action: string;
  /** What the disclosure says, such as "Remove". */
  readonly label: string;
  /** What happens then. */
  readonly warning: string;
  /** What the button in it says. */
  readonly submit: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly small?: boolean;
};

/** Something that cannot be taken back: one click shows what it means, a second one does it. */
export function Confirm({ action, label, warning, submit, fields, small = true }: ConfirmProps) {
  return (
    <details class={small ? "confirm" : "confirm confirm-large"}>
      <summary>{label}</summary>
      <form method="post" action={action}>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <p>{warning}</p>
        <button type="submit" class="danger">
          {submit}
        </button>
      </form>
    </details>
  );
}
