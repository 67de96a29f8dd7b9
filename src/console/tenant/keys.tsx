import type { z } from "zod";
import { addKey, type apiKey, listKeys, type NewApiKey, revokeKey, rotateKey, SCOPES } from "../api/account.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, FormError, type FormState, readForm, required } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Empty } from "../parts/empty.tsx";
import { Check, Choose, Field } from "../parts/field.tsx";
import { Confirm, Form } from "../parts/form.tsx";
import { Secret } from "../parts/secret.tsx";
import { Table } from "../parts/table.tsx";
import { When } from "../parts/when.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

type Key = z.infer<typeof apiKey>;

/** How long the old key of a rotation lives on, in hours. */
const GRACE_HOURS = 24;

/** `GET …/keys`. */
export async function keys(call: TenantCall): Promise<Response> {
  return await show(call, blank({ life: "" }), null);
}

/** `POST …/keys`: makes, rotates or revokes one. A new key is shown in the answer itself, and nowhere else. */
export async function actOnKeys(call: TenantCall): Promise<Response> {
  const values = await readForm(call.request);
  const { form = "", id = "" } = values;
  const result = await attempt(values, async (): Promise<NewApiKey | null> => {
    demand(call, "keys:write");
    if (form === "revoke") {
      await revokeKey(call.api, id);
      return null;
    }
    if (form === "rotate") return await rotateKey(call.api, id, GRACE_HOURS);
    const name = required(values, "name", "Name what the key is for.");
    const scopes = SCOPES.map(([scope]) => scope).filter((scope) => values[`scope ${scope}`] === "yes");
    if (scopes.length === 0) throw new FormError("Choose at least one thing that the key may do.");
    // What is none of the list must not make a key that never ends.
    const life = LIVES.find(([each]) => each === (values.life ?? ""))?.[0];
    if (life === undefined) throw new FormError(null, { life: "Choose one of the list." });
    const days = Number(life);
    const expires = days > 0 ? { expires_at: new Date(call.now + days * 86_400_000).toISOString() } : {};
    return await addKey(call.api, { name, scopes, ...expires });
  });
  if (!result.ok) return await show(call, result.form, null, 422);
  if (result.value === null)
    return done(call, at(call, "keys"), "The key is revoked: within a minute it opens nothing.");
  return await show(call, blank({ life: "" }), result.value);
}

async function show(call: TenantCall, form: FormState, fresh: NewApiKey | null, status = 200): Promise<Response> {
  const list = await listKeys(call.api);
  const action = at(call, "keys");
  return tenantPage(call, {
    title: "API keys",
    status,
    lead: (
      <>
        For your servers: <code>Authorization: Bearer</code> and the key. Each may do only what it is for.{" "}
        <a href="/reference">What the API can do</a>
      </>
    ),
    children: (
      <>
        {fresh && <Secret title={`API key “${fresh.name}”`} secret={fresh.key} />}
        {list.length > 0 ? (
          <KeyTable call={call} list={list} action={action} />
        ) : (
          <Empty title="No API key yet">
            <p>Make one below: it is shown once.</p>
          </Empty>
        )}
        {may(call.member, "keys:write") && <NewKey form={form} action={action} />}
      </>
    ),
  });
}

function KeyTable({ call, list, action }: { call: TenantCall; list: readonly Key[]; action: string }) {
  return (
    <Table
      caption="API keys"
      rows={list}
      rowKey={({ id }) => id}
      columns={[
        {
          label: "Name",
          heads: true,
          cell: ({ name, prefix }) => (
            <>
              {name}
              {prefix && <code class="note">{prefix}…</code>}
            </>
          ),
        },
        { label: "May", cell: ({ scopes }) => <code>{scopes.join(", ")}</code> },
        { label: "Last use", wide: true, cell: ({ last_used_at }) => <When at={last_used_at} now={call.now} /> },
        { label: "Ends", wide: true, cell: ({ expires_at }) => <When at={expires_at} now={call.now} /> },
        {
          label: "Actions",
          quiet: true,
          cell: ({ id, name }) => (
            <>
              <Confirm
                action={action}
                label="Rotate…"
                warning={`A new key like “${name}” is made; this one lives on for ${GRACE_HOURS} hours.`}
                submit="Rotate"
                fields={{ form: "rotate", id }}
              />
              <Confirm
                action={action}
                label="Revoke…"
                warning={`Within a minute “${name}” opens nothing. This cannot be taken back.`}
                submit="Revoke"
                fields={{ form: "revoke", id }}
              />
            </>
          ),
        },
      ]}
    />
  );
}

const LIVES = [
  ["", "No end"],
  ["30", "30 days"],
  ["90", "90 days"],
  ["365", "A year"],
] as const;

function NewKey({ form, action }: { form: FormState; action: string }) {
  return (
    <section class="panel" aria-labelledby="new-key">
      <h2 id="new-key">Make a key</h2>
      <Form form={form} action={action} name="add" submit="Make the key">
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
