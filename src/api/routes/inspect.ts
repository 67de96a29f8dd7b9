import { inspect } from "../../app/inspect.ts";
import { answer, bodyOf, type ManagementCall, tenantOf } from "../management.ts";
import { inspectionToBody, inspectRequest } from "../schemas/inspect.ts";

/** `POST /inspect`: what a URL means to us, for its owner. */
export async function inspectRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "cache:read");
  const { url } = await bodyOf(call, inspectRequest);
  return answer(inspectionToBody(await inspect(tenant, url, call.parts.local, call.parts)));
}
