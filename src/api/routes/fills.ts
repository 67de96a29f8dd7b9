import { changeFills, describeFills } from "../../app/settings/fills.ts";
import { answer, bodyOf, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { fillsChange, fillsFromBody, fillsToBody } from "../schemas/fills.ts";

/** `GET /fills`: how copies are made. */
export async function describeFillsRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  return answer(fillsToBody(await describeFills(tenant.id, call.parts)));
}

/** `PATCH /fills`: changes what the body names. */
export async function changeFillsRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const changes = fillsFromBody(await bodyOf(call, fillsChange));
  const changed = await changeFills(tenant.id, changes, call.parts);
  const { largeStore, ...plain } = changed;
  await record("fills.change", { ...plain, largeStore: largeStore?.store ?? null });
  return answer(fillsToBody(changed));
}
