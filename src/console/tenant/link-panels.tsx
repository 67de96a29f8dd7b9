import type { Inspection } from "../api/links.ts";
import { moment } from "../format/times.ts";
import type { FormState } from "../frame/forms.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Choose, Field } from "../parts/field.tsx";
import { Confirm, Form } from "../parts/form.tsx";
import { InspectionFacts } from "./inspection-facts.tsx";

const LIVES = [
  ["600", "10 minutes"],
  ["3600", "1 hour"],
  ["86400", "1 day"],
  ["604800", "7 days"],
] as const;

/** A link that was just made. */
export function NewLink({ link, expires }: { link: string; expires: string }) {
  return (
    <section class="panel" aria-labelledby="made">
      <h2 id="made">Your link, good until {moment(expires)}</h2>
      <Copyable text={link} label="the link" />
    </section>
  );
}

/** Asks for what, for how long and for whom a link is to be. */
export function SignLink({ form, action }: { form: FormState; action: string }) {
  return (
    <section class="panel" aria-labelledby="sign">
      <h2 id="sign">Make a signed link</h2>
      <Form form={form} action={action} name="link" submit="Sign" inline>
        <Field form={form} name="url" label="URL at the origin" type="url" mono />
        <Field form={form} name="hash" label="Key" mono />
        <Choose form={form} name="life" label="Good for" choices={LIVES} />
        <Field form={form} name="ip" label="Only from" hint="An address or a CIDR block." mono />
      </Form>
    </section>
  );
}

type InspectProps = {
  readonly form: FormState;
  readonly action: string;
  /** What was found out about the URL in the form; `null`: nothing was asked yet. */
  readonly inspection: Inspection | null;
};

/** Tells how the cache reads a URL. */
export function Inspect({ form, action, inspection }: InspectProps) {
  return (
    <section class="panel" aria-labelledby="look">
      <h2 id="look">Inspect a URL</h2>
      <p class="muted">How the cache reads it, and why it stores it or not. No value of a credential is shown.</p>
      <Form form={form} action={action} name="inspect" submit="Inspect">
        <Field form={form} name="url" id="inspect-url" label="Signed URL" type="url" mono required />
      </Form>
      {inspection && <InspectionFacts inspection={inspection} />}
    </section>
  );
}

/** Takes back what `/proxy` has handed out. */
export function WithdrawLinks({ action }: { action: string }) {
  return (
    <section class="panel" aria-labelledby="withdraw">
      <h2 id="withdraw">Has a link leaked?</h2>
      <p class="muted">
        Links to copies that <code>/proxy</code> has handed out can be withdrawn all at once, everywhere, within about a
        second. Links that you sign yourself end with their key.
      </p>
      <Confirm
        action={action}
        label="Withdraw all links to copies…"
        warning="Downloads that have begun go on. Everybody else has to come by /proxy again."
        submit="Withdraw them"
        fields={{ form: "revoke" }}
      />
    </section>
  );
}
