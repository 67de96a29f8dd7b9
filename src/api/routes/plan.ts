import { describeAccount } from "../../app/plans/accounts.ts";
import { answer, type ManagementCall, tenantOf } from "../management.ts";
import { planToBody } from "../schemas/tenants.ts";

/** `GET /plan`: what the tenant has, and how it stands. */
export async function describePlanRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "usage:read");
  return answer(planToBody(await describeAccount(tenant.id, call.parts)));
}
