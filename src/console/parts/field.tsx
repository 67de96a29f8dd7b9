import type { JSX } from "preact";
import type { FormState } from "../frame/forms.ts";

type Common = {
  readonly form: FormState;
  readonly name: string;
  readonly label: string;
  /** What goes in here, in a few words. */
  readonly hint?: string;
  /** Of the field in the page, where another form of the page has one of the same name. */
  readonly id?: string;
};

type TextProps = Common & {
  readonly type?: "text" | "email" | "password" | "url" | "number" | "search" | "date" | "file";
  readonly required?: boolean;
  readonly autocomplete?: string;
  readonly placeholder?: string;
  /** Lines; more than one makes a text area. */
  readonly lines?: number;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | "any";
  readonly mono?: boolean;
  readonly inputmode?: "numeric" | "decimal";
};

/** A labelled field that keeps what was typed, and says beneath what to do about it. Passwords and files are not given back. */
export function Field(props: TextProps) {
  const { form, name, id = name, label, hint, lines = 1, type = "text", mono = false, ...input } = props;
  const error = form.errors[name];
  const value = type === "password" || type === "file" ? undefined : (form.values[name] ?? "");
  const shared = {
    id: `f-${id}`,
    name,
    class: mono ? "mono" : undefined,
    "aria-describedby": describedBy(id, hint, error),
    "aria-invalid": error ? ("true" as const) : undefined,
    required: input.required,
    placeholder: input.placeholder,
    spellcheck: mono ? false : undefined,
  };
  return (
    <div class={error ? "field field-wrong" : "field"}>
      <label for={shared.id}>
        {label}
        {!input.required && <span class="optional"> optional</span>}
      </label>
      {lines > 1 ? (
        <textarea {...shared} rows={lines}>
          {value}
        </textarea>
      ) : (
        <input
          {...({
            ...{ ...shared, type, value, autocomplete: input.autocomplete ?? "off" },
            ...{ min: input.min, max: input.max, step: input.step, inputMode: input.inputmode },
          } as JSX.IntrinsicElements["input"])}
        />
      )}
      <Notes name={id} hint={hint} error={error} />
    </div>
  );
}

type Choice = readonly [value: string, label: string];

/** One of several. */
export function Choose(props: Common & { readonly choices: readonly Choice[] }) {
  const { form, name, id = name, label, hint, choices } = props;
  const error = form.errors[name];
  return (
    <div class={error ? "field field-wrong" : "field"}>
      <label for={`f-${id}`}>{label}</label>
      <select id={`f-${id}`} name={name} aria-describedby={describedBy(id, hint, error)}>
        {choices.map(([value, text]) => (
          <option key={value} value={value} selected={form.values[name] === value}>
            {text}
          </option>
        ))}
      </select>
      <Notes name={id} hint={hint} error={error} />
    </div>
  );
}

/** Yes or no. */
export function Check({ form, name, id = name, label, hint }: Common) {
  return (
    <div class="field check">
      <input
        type="checkbox"
        id={`f-${id}`}
        name={name}
        value="yes"
        checked={form.values[name] === "yes"}
        aria-describedby={describedBy(id, hint, undefined)}
      />
      <label for={`f-${id}`}>{label}</label>
      <Notes name={id} hint={hint} error={form.errors[name]} />
    </div>
  );
}

function Notes({ name, hint, error }: { name: string; hint: string | undefined; error: string | undefined }) {
  return (
    <>
      {hint && (
        <p class="hint" id={`h-${name}`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="wrong" id={`e-${name}`}>
          {error}
        </p>
      )}
    </>
  );
}

function describedBy(name: string, hint: string | undefined, error: string | undefined): string | undefined {
  return [error ? `e-${name}` : "", hint ? `h-${name}` : ""].filter(Boolean).join(" ") || undefined;
}
