import { changeAccess, describeAccess } from "../../app/settings/access.ts";
import { answer, bodyOf, type ManagementCall, tenantOf } from "../management.ts";
import { clientAddress } from "../request-hints.ts";
import { accessChange, accessFromBody, accessToBody } from "../schemas/access.ts";

/** `GET /access`: how downloads and management calls are let in. */
export async function describeAccessRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  return answer(accessToBody(await describeAccess(tenant.id, call.parts)));
}

/** `PATCH /access`: changes what the body names. */
export async function changeAccessRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  const changes = accessFromBody(await bodyOf(call, accessChange));
  const { request } = call;
  const applicant = { address: clientAddress(request), authorization: request.headers.get("Authorization") };
  return answer(accessToBody(await changeAccess(tenant.id, changes, applicant, call.parts)));
}
