import { addCname, listCnames, removeCname } from "../../app/settings/cnames.ts";
import { answer, bodyOf, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { cnameToBody, newCname } from "../schemas/cnames.ts";

/** `GET /cnames`: the host names that stand for a bucket. */
export async function listCnamesRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  const cnames = await listCnames(tenant.id, call.parts);
  return answer({ cnames: cnames.map(cnameToBody) });
}

/** `POST /cnames`: declares one more. */
export async function addCnameRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const { host, bucket_url } = await bodyOf(call, newCname);
  const added = await addCname(tenant.id, { host, bucketUrl: bucket_url }, call.parts.local, call.parts);
  await record("cnames.add", { host: added.host, bucket: added.bucket });
  return answer(cnameToBody(added), 201);
}

/** `DELETE /cnames/{host}`. */
export async function removeCnameRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const host = await removeCname(tenant.id, call.params.host ?? "", call.parts);
  await record("cnames.remove", { host });
  return answer({ host, status: "deleted" });
}
