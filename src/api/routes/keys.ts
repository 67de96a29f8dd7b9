import { addKey, describeKey, listKeys, revokeKey, rotateKey } from "../../app/keys/keys.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { answer, bodyOf, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { apiKeyRotation, apiKeyToBody, apiKeyWish, newApiKeyToBody } from "../schemas/keys.ts";

const HOUR_MS = 3_600_000;
/** What no key is named by may be what Postgres cannot even be asked for. */
const KEY_ID = /^[\w-]{1,64}$/;

/** `GET /keys`: the tenant's API keys, without their secrets. */
export async function listKeysRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  return answer({ keys: (await listKeys(tenant.id, call.parts)).map(apiKeyToBody) });
}

/** `POST /keys`: makes one, and shows it this once. */
export async function addKeyRoute(call: ManagementCall): Promise<Response> {
  const { tenant, identity, record } = await callerOf(call, "keys:write");
  const { name, scopes, expires_at } = await bodyOf(call, apiKeyWish);
  const expiresAt = expires_at === null ? null : Date.parse(expires_at);
  const made = await addKey(tenant.id, { name, scopes: [...new Set(scopes)], expiresAt }, identity, call.parts);
  await record("keys.add", { id: made.id, name, scopes: made.scopes, expires_at });
  return answer(newApiKeyToBody(made), 201);
}

/** `GET /keys/{id}`. */
export async function describeKeyRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  return answer(apiKeyToBody(await describeKey(tenant.id, idOf(call), call.parts)));
}

/** `POST /keys/{id}/rotate`: makes one like it, beside which it lives on for a while. */
export async function rotateKeyRoute(call: ManagementCall): Promise<Response> {
  const { tenant, identity, record } = await callerOf(call, "keys:write");
  const { grace_hours } = await bodyOf(call, apiKeyRotation);
  const id = idOf(call);
  const made = await rotateKey(tenant.id, id, grace_hours * HOUR_MS, identity, call.parts);
  await record("keys.rotate", { id: made.id, replaced: id, name: made.name, grace_hours });
  return answer(newApiKeyToBody(made), 201);
}

/** `DELETE /keys/{id}`: from here on it opens nothing, within a minute everywhere. */
export async function revokeKeyRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "keys:write");
  const id = idOf(call);
  await revokeKey(tenant.id, id, call.parts);
  await record("keys.revoke", { id });
  return answer({ id, status: "revoked" });
}

function idOf({ params: { id = "" } }: ManagementCall): string {
  if (!KEY_ID.test(id)) throw new SnapbyteError("NOT_FOUND");
  return id;
}
