import type { z } from "zod";
import type { cname } from "../api/settings.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, type FormState } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Field } from "../parts/field.tsx";
import { Confirm, Form } from "../parts/form.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";

type Cname = z.infer<typeof cname>;

type Props = {
  readonly call: TenantCall;
  readonly cnames: readonly Cname[];
  readonly form: FormState | null;
  readonly action: string;
};

/** Host names that stand for a bucket, so that links by either name find the same copy. */
export function Cnames({ call, cnames, form, action }: Props) {
  const mayChange = may(call.member, "settings:write");
  const state = form ?? blank();
  return (
    <section class="panel" aria-labelledby="cnames">
      <h2 id="cnames">Host names that stand for a bucket</h2>
      <p class="muted">So that links by your own name and by the store's find the same copy.</p>
      {cnames.length > 0 && (
        <Table
          caption="Host names of buckets"
          rows={cnames}
          rowKey={({ host }) => host}
          columns={[
            { label: "Host name", heads: true, cell: ({ host }) => <code>{host}</code> },
            { label: "Bucket", cell: ({ bucket }) => <code>{bucket}</code> },
            { label: "Added", wide: true, cell: ({ created_at }) => <When at={created_at} now={call.now} /> },
            ...(mayChange
              ? [
                  {
                    label: "Actions",
                    quiet: true,
                    cell: ({ host }: Cname) => (
                      <Confirm
                        action={action}
                        label="Remove…"
                        warning="Links by this name have copies of their own from then on."
                        submit="Remove the name"
                        fields={{ form: "cname-remove", host }}
                      />
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {mayChange && (
        <Form form={state} action={action} name="cname" submit="Add" inline>
          <Field
            form={state}
            name="host"
            id="cname-host"
            label="Host name"
            placeholder="media.example.com"
            mono
            required
          />
          <Field
            form={state}
            name="bucket_url"
            label="Address of the bucket"
            placeholder="https://media.s3.amazonaws.com"
            type="url"
            mono
            required
          />
        </Form>
      )}
    </section>
  );
}
