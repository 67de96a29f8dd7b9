import { admitOneMore } from "../../app/plans/room.ts";
import { addHost, describeHost, listHosts, removeHost } from "../../app/settings/hosts.ts";
import { answer, bodyOf, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { hostOf } from "../request-hints.ts";
import { hostToBody, hostToSummary, newHost } from "../schemas/hosts.ts";

/** `GET /hosts`: the host names of the tenant's own. */
export async function listHostsRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  const hosts = await listHosts(tenant.id, call.parts);
  return answer({ hosts: hosts.map(hostToSummary) });
}

/** `POST /hosts`: adds one more; says what its owner has to publish. */
export async function addHostRoute(call: ManagementCall): Promise<Response> {
  const { tenant, by } = await callerOf(call, "settings:write");
  const { host } = await bodyOf(call, newHost);
  await admitOneMore(tenant.id, "domains", (await listHosts(tenant.id, call.parts)).length, call.parts);
  const wish = { host, calledOn: hostOf(call.request), by };
  return answer(hostToBody(await addHost(tenant.id, wish, call.parts)), 201);
}

/** `GET /hosts/{host}`: how it stands at the network at this moment. */
export async function describeHostRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  return answer(hostToBody(await describeHost(tenant.id, call.params.host ?? "", call.parts)));
}

/** `DELETE /hosts/{host}`. */
export async function removeHostRoute(call: ManagementCall): Promise<Response> {
  const { tenant, by } = await callerOf(call, "settings:write");
  const host = await removeHost(tenant.id, call.params.host ?? "", by, call.parts);
  return answer({ host, status: "deleted" });
}
