import { addLinkKey, listLinkKeys, removeLinkKey, rotateLinkKeys } from "../../app/settings/link-keys.ts";
import { answer, expectNoBody, type ManagementCall, tenantOf } from "../management.ts";
import { linkKeyToBody, newLinkKeyToBody } from "../schemas/link-keys.ts";

/** `GET /link-keys`: which keys sign the tenant's links, without their secrets. */
export async function listLinkKeysRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  const keys = await listLinkKeys(tenant.id, call.parts);
  return answer({ link_keys: keys.map(linkKeyToBody) });
}

/** `POST /link-keys`: makes one, and shows its secret this once. */
export async function addLinkKeyRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  await expectNoBody(call);
  return answer(newLinkKeyToBody(await addLinkKey(tenant.id, call.parts)), 201);
}

/** `POST /link-keys/rotate`: makes one in place of the older of two. */
export async function rotateLinkKeysRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  await expectNoBody(call);
  return answer(newLinkKeyToBody(await rotateLinkKeys(tenant.id, call.parts)), 201);
}

/** `DELETE /link-keys/{kid}`. */
export async function removeLinkKeyRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  const { kid = "" } = call.params;
  await removeLinkKey(tenant.id, kid, call.parts);
  return answer({ kid, status: "deleted" });
}
