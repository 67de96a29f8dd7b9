import { changeServing, describeServing } from "../../app/settings/serving.ts";
import { answer, bodyOf, type ManagementCall, tenantOf } from "../management.ts";
import { servingChange, servingFromBody, servingToBody } from "../schemas/serving.ts";

/** `GET /serving`: how copies are handed to browsers. */
export async function describeServingRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  return answer(servingToBody(await describeServing(tenant.id, call.parts)));
}

/** `PATCH /serving`: changes what the body names. */
export async function changeServingRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call);
  const changes = servingFromBody(await bodyOf(call, servingChange));
  return answer(servingToBody(await changeServing(tenant.id, changes, call.parts)));
}
