import type { z } from "zod";
import type { verificationKey } from "../api/settings.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, FormError, type FormState, listOf, required } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Field } from "../parts/field.tsx";
import { Confirm, Form } from "../parts/form.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";
import { MATERIAL_KINDS } from "./material-kinds.ts";

type VerificationKey = z.infer<typeof verificationKey>;

/** The API's body for a registration. Throws {@link FormError} for a kind that is none, or a field that is missing. */
export function materialOf(values: Readonly<Record<string, string>>): Record<string, unknown> {
  const kind = MATERIAL_KINDS.find((each) => each.kind === values.kind);
  if (!kind) throw new FormError("Choose what the links are signed with.");
  const fields = kind.fields.flatMap(({ name, label, optional = false, list = false }) => {
    const value = optional ? (values[name] ?? "") : required(values, name, `Type: ${label}.`);
    if (value === "") return [];
    return [[name, list ? listOf(value) : value] as const];
  });
  return { kind: kind.kind, ...Object.fromEntries(fields) };
}

type Props = {
  readonly call: TenantCall;
  readonly keys: readonly VerificationKey[];
  readonly form: FormState | null;
  readonly action: string;
};

/** What `verify` checks signatures with, and a form for each kind of it. */
export function VerificationKeys({ call, keys, form, action }: Props) {
  const mayChange = may(call.member, "settings:write");
  return (
    <section class="panel" aria-labelledby="verification">
      <h2 id="verification">Keys that signatures are checked with</h2>
      <p class="muted">
        Under <code>verify</code> we check the provider's signature ourselves, with what you register here. Secrets are
        sealed, and never shown again. Links of keys that nobody registered are probed.
      </p>
      {keys.length > 0 && <KeyTable call={call} keys={keys} action={action} mayChange={mayChange} />}
      {mayChange &&
        MATERIAL_KINDS.map(({ kind, label, fields }) => {
          const own = form?.values.kind === kind ? form : blank();
          return (
            <details key={kind} class="more" open={own === form}>
              <summary>{label}</summary>
              <Form form={own} action={action} name="material" submit="Register" inline label={label}>
                <input type="hidden" name="kind" value={kind} />
                {fields.map((field) => (
                  <Field
                    key={field.name}
                    form={own}
                    name={field.name}
                    id={`${kind}-${field.name}`}
                    label={field.label}
                    type={field.secret ? "password" : "text"}
                    autocomplete="off"
                    lines={field.lines ?? 1}
                    required={!field.optional}
                    mono
                  />
                ))}
              </Form>
            </details>
          );
        })}
    </section>
  );
}

type TableProps = { call: TenantCall; keys: readonly VerificationKey[]; action: string; mayChange: boolean };

function KeyTable({ call, keys, action, mayChange }: TableProps) {
  return (
    <Table
      caption="Verification keys"
      rows={keys}
      rowKey={({ id }) => id}
      columns={[
        { label: "Name", heads: true, cell: ({ name }) => <code>{name}</code> },
        { label: "Kind", cell: ({ kind }) => kind },
        { label: "Registered", wide: true, cell: ({ created_at }) => <When at={created_at} now={call.now} /> },
        { label: "Ends", wide: true, cell: ({ expires_at }) => <When at={expires_at} now={call.now} /> },
        ...(mayChange
          ? [
              {
                label: "Actions",
                quiet: true,
                cell: ({ id }: VerificationKey) => (
                  <Confirm
                    action={action}
                    label="Remove…"
                    warning="Links that it signs are probed from then on."
                    submit="Remove the key"
                    fields={{ form: "material-remove", id }}
                  />
                ),
              },
            ]
          : []),
      ]}
    />
  );
}
