import { addLinkKey, listLinkKeys, removeLinkKey, rotateLinkKeys } from "../../app/settings/link-keys.ts";
import { answer, callerOf, expectNoBody, type ManagementCall, tenantOf } from "../management.ts";
import { linkKeyToBody, newLinkKeyToBody } from "../schemas/link-keys.ts";

/** `GET /link-keys`: which keys sign the tenant's links, without their secrets. */
export async function listLinkKeysRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  const keys = await listLinkKeys(tenant.id, call.parts);
  return answer({ link_keys: keys.map(linkKeyToBody) });
}

/** `POST /link-keys`: makes one, and shows its secret this once. */
export async function addLinkKeyRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  await expectNoBody(call);
  const made = await addLinkKey(tenant.id, call.parts);
  await record("link_keys.add", { kid: made.kid });
  return answer(newLinkKeyToBody(made), 201);
}

/** `POST /link-keys/rotate`: makes one in place of the older of two. */
export async function rotateLinkKeysRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  await expectNoBody(call);
  const made = await rotateLinkKeys(tenant.id, call.parts);
  await record("link_keys.rotate", { kid: made.kid });
  return answer(newLinkKeyToBody(made), 201);
}

/** `DELETE /link-keys/{kid}`. */
export async function removeLinkKeyRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const { kid = "" } = call.params;
  await removeLinkKey(tenant.id, kid, call.parts);
  await record("link_keys.remove", { kid });
  return answer({ kid, status: "deleted" });
}
