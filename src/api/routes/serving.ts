import { changeServing, describeServing } from "../../app/settings/serving.ts";
import { answer, bodyOf, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { servingChange, servingFromBody, servingToBody } from "../schemas/serving.ts";

/** `GET /serving`: how copies are handed to browsers. */
export async function describeServingRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  return answer(servingToBody(await describeServing(tenant.id, call.parts)));
}

/** `PATCH /serving`: changes what the body names. */
export async function changeServingRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const changes = servingFromBody(await bodyOf(call, servingChange));
  const changed = await changeServing(tenant.id, changes, call.parts);
  const { cors, resourcePolicy, showActive } = changed;
  const detail = { cors: cors?.origins ?? null, resource_policy: resourcePolicy, show_active: showActive };
  await record("serving.change", detail);
  return answer(servingToBody(changed));
}
