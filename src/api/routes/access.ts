import { changeAccess, describeAccess } from "../../app/settings/access.ts";
import { answer, bodyOf, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { accessChange, accessFromBody, accessToBody } from "../schemas/access.ts";

/** `GET /access`: how downloads and management calls are let in. */
export async function describeAccessRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  return answer(accessToBody(await describeAccess(tenant.id, call.parts)));
}

/** `PATCH /access`: changes what the body names. */
export async function changeAccessRoute(call: ManagementCall): Promise<Response> {
  const { tenant, identity, record } = await callerOf(call, "settings:write");
  const changes = accessFromBody(await bodyOf(call, accessChange));
  const changed = accessToBody(await changeAccess(tenant.id, changes, identity, call.parts));
  await record("access.change", changed);
  return answer(changed);
}
