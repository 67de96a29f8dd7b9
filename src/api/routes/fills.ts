import { changeFills, describeFills } from "../../app/settings/fills.ts";
import { answer, bodyOf, type ManagementCall, tenantOf } from "../management.ts";
import { fillsChange, fillsFromBody, fillsToBody } from "../schemas/fills.ts";

/** `GET /fills`: how copies are made. */
export async function describeFillsRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  return answer(fillsToBody(await describeFills(tenant.id, call.parts)));
}

/** `PATCH /fills`: changes what the body names. */
export async function changeFillsRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  const changes = fillsFromBody(await bodyOf(call, fillsChange));
  return answer(fillsToBody(await changeFills(tenant.id, changes, call.parts)));
}
