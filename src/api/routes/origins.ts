import { addOrigin, changeOrigin, describeOrigin, listOrigins, removeOrigin } from "../../app/settings/origins.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { answer, bodyOf, type ManagementCall, tenantOf } from "../management.ts";
import { newOrigin, originChange, originChangeFromBody, originToBody } from "../schemas/origins.ts";

/** The highest id that Postgres' integer takes. */
const MAX_ID = 2 ** 31 - 1;

/** `GET /origins`: the tenant's allow-list. */
export async function listOriginsRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  const rules = await listOrigins(tenant.id, call.parts);
  return answer({ origins: rules.map(originToBody) });
}

/** `POST /origins`: allows one more. */
export async function addOriginRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  const { origin, access = null, obey_private = false, tags = [] } = await bodyOf(call, newOrigin);
  const wish = { text: origin, access, obeyPrivate: obey_private, tags };
  const added = await addOrigin(tenant.id, wish, call.parts.local, call.parts);
  return answer(originToBody(added), 201);
}

/** `GET /origins/{id}`. */
export async function describeOriginRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  return answer(originToBody(await describeOrigin(tenant.id, idOf(call), call.parts)));
}

/** `PATCH /origins/{id}`: changes what the body names. */
export async function changeOriginRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  const changes = originChangeFromBody(await bodyOf(call, originChange));
  return answer(originToBody(await changeOrigin(tenant.id, idOf(call), changes, call.parts)));
}

/** `DELETE /origins/{id}`. */
export async function removeOriginRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  const id = idOf(call);
  await removeOrigin(tenant.id, id, call.parts);
  return answer({ id, status: "deleted" });
}

/** What is no number is no rule's id. */
function idOf({ params: { id = "" } }: ManagementCall): number {
  const number = Number(id);
  if (!/^[1-9]\d*$/.test(id) || number > MAX_ID) throw new SnapbyteError("NOT_FOUND");
  return number;
}
