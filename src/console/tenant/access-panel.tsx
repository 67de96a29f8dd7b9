import type { Access } from "../api/settings.ts";
import { blank, type FormState } from "../frame/forms.ts";
import { Facts } from "../parts/facts.tsx";
import { Choose, Field } from "../parts/field.tsx";
import { Form } from "../parts/form.tsx";

/** What each access mode asks for, in a few words. */
export const ACCESS_WORDS = [
  ["probe", "probe: the origin is asked with the very link"],
  ["verify", "verify: we check the provider's signature"],
  ["signed", "signed: the link carries a signature of yours"],
  ["public", "public: nothing is asked"],
] as const;

const DELIVERY = [
  ["edge", "edge: through our own links"],
  ["presigned", "presigned: straight from the store"],
] as const;

type Props = {
  readonly access: Access;
  readonly form: FormState | null;
  readonly action: string;
  readonly mayChange: boolean;
};

/** What holds for all origins that say nothing else, and from where anybody may ask. */
export function AccessPanel({ access, form, action, mayChange }: Props) {
  const networks = (list: readonly string[]) => list.join("\n");
  const state =
    form ??
    blank({
      ...{ access: access.access, delivery: access.delivery },
      client_networks: networks(access.client_networks),
      management_networks: networks(access.management_networks),
    });
  return (
    <section class="panel" aria-labelledby="access">
      <h2 id="access">Access by default</h2>
      {mayChange ? (
        <Form form={state} action={action} name="access" submit="Save" inline>
          <Choose form={state} name="access" label="A download has to show" choices={ACCESS_WORDS} />
          <Choose form={state} name="delivery" label="A copy is delivered" choices={DELIVERY} />
          <Field
            form={state}
            name="client_networks"
            label="Networks that may download"
            hint="CIDR blocks, one on each line. None: everybody."
            lines={3}
            mono
          />
          <Field
            form={state}
            name="management_networks"
            label="Networks that may call the API"
            hint="CIDR blocks, one on each line. None: everywhere. Your own address had better be in one."
            lines={3}
            mono
          />
        </Form>
      ) : (
        <Facts
          facts={[
            ["A download has to show", access.access],
            ["A copy is delivered", access.delivery],
            ["Networks that may download", access.client_networks.join(", ") || "everybody"],
            ["Networks that may call the API", access.management_networks.join(", ") || "everywhere"],
          ]}
        />
      )}
    </section>
  );
}
