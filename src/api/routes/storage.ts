import { reportStorage } from "../../app/usage/storage.ts";
import { answer, type ManagementCall, tenantOf } from "../management.ts";
import { storageToBody } from "../schemas/storage.ts";

/** `GET /storage`: bytes of the copies that lie here, now and at the end of each of 30 days. */
export async function storageRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "usage:read");
  return answer(storageToBody(await reportStorage(tenant.id, call.parts)));
}
