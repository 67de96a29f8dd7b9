import { changeFills, describeFills } from "../../app/settings/fills.ts";
import { answer, bodyOf, tenantOf } from "../management.ts";
import type { Call } from "../methods.ts";
import { fillsChange, fillsFromBody, fillsToBody } from "../schemas/fills.ts";

/** `GET /fills`: how copies are made. */
export async function describeFillsRoute(call: Call): Promise<Response> {
  const tenant = await tenantOf(call);
  return answer(fillsToBody(await describeFills(tenant.id, call.parts)));
}

/** `PATCH /fills`: changes what the body names. */
export async function changeFillsRoute(call: Call): Promise<Response> {
  const tenant = await tenantOf(call);
  const changes = fillsFromBody(await bodyOf(call, fillsChange));
  return answer(fillsToBody(await changeFills(tenant.id, changes, call.parts)));
}
