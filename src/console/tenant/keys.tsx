import { addKey, listKeys, type NewApiKey, revokeKey, rotateKey, SCOPES } from "../api/account.ts";
import { attempt } from "../frame/attempt.ts";
import type { TenantCall } from "../frame/call.ts";
import { blank, FormError, type FormState, readForm, required } from "../frame/forms.ts";
import { may } from "../identity.ts";
import { Empty } from "../parts/empty.tsx";
import { Secret } from "../parts/secret.tsx";
import { GRACE_HOURS, KeyTable } from "./key-table.tsx";
import { LIVES, NewKey } from "./new-key.tsx";
import { at, demand, done, tenantPage } from "./tenant-page.tsx";

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
