import { admitFounder } from "../../app/people/admit-operator.ts";
import {
  addAccount,
  changeAccount,
  describeAccount,
  listAccounts,
  resumeAccount,
  suspendAccount,
} from "../../app/plans/accounts.ts";
import { SnapbyteError } from "../../core/errors.ts";
import type { TenantId } from "../../core/tenant.ts";
import { answer, bodyOf, expectNoBody, type ManagementCall, operatorOf, recorder } from "../management.ts";
import { parse } from "../parse.ts";
import { clientAddress, queryOf } from "../request-hints.ts";
import { ownFromBody } from "../schemas/limits.ts";
import { newTenant, suspension, tenantChange, tenantQuery, tenantToBody } from "../schemas/tenants.ts";

/** What no tenant is named by may be what Postgres cannot even be asked for. */
const TENANT_ID = /^[\w.-]{1,64}$/;

/** `GET /tenants`: all of them, for operators. */
export async function listTenantsRoute(call: ManagementCall): Promise<Response> {
  await operatorOf(call);
  const { cursor: after = null, limit, search = null } = parse(tenantQuery, queryOf(call.request));
  const accounts = await listAccounts({ after, limit, search }, call.parts);
  const cursor = accounts.length < limit ? null : (accounts.at(-1)?.id ?? null);
  return answer({ tenants: accounts.map(tenantToBody), cursor });
}

/** `POST /tenants`: makes one, by an operator or by a person for themselves. */
export async function addTenantRoute(call: ManagementCall): Promise<Response> {
  const { request, requestId, parts } = call;
  const identity = await admitFounder(request.headers.get("Authorization"), clientAddress(request), parts);
  const { name, site, plan = null } = await bodyOf(call, newTenant);
  if (plan !== null && !identity.isOperator) {
    throw new SnapbyteError("INSUFFICIENT_SCOPE", "Only an operator gives a tenant its plan.");
  }
  // Whoever has it is asked for by everybody who names nobody.
  if (site === parts.defaultSite && !identity.isOperator) throw new SnapbyteError("ALREADY_EXISTS");
  const made = await addAccount({ name, site, plan }, parts);
  await recorder(identity, requestId, parts)(made.id, "tenants.add", { name, site, plan: made.plan });
  return answer(tenantToBody(made), 201);
}

/** `GET /tenants/{id}`. */
export async function describeTenantRoute(call: ManagementCall): Promise<Response> {
  await operatorOf(call);
  return answer(tenantToBody(await describeAccount(tenantIdOf(call), call.parts)));
}

/** `PATCH /tenants/{id}`: its name, plan and limits of its own. */
export async function changeTenantRoute(call: ManagementCall): Promise<Response> {
  const record = await operatorOf(call);
  const { name, plan, own_limits } = await bodyOf(call, tenantChange);
  const changed = await changeAccount(
    tenantIdOf(call),
    { name, plan, own: own_limits && ownFromBody(own_limits) },
    call.parts,
  );
  const own = JSON.stringify(changed.own);
  await record(changed.id, "tenants.change", { name: changed.name, plan: changed.plan, own_limits: own });
  return answer(tenantToBody(changed));
}

/** `POST /tenants/{id}/suspend`: the cache stands aside for its downloads. */
export async function suspendTenantRoute(call: ManagementCall): Promise<Response> {
  const record = await operatorOf(call);
  const { reason } = await bodyOf(call, suspension);
  const suspended = await suspendAccount(tenantIdOf(call), reason, call.parts);
  await record(suspended.id, "tenants.suspend", { reason });
  return answer(tenantToBody(suspended));
}

/** `POST /tenants/{id}/resume`. */
export async function resumeTenantRoute(call: ManagementCall): Promise<Response> {
  const record = await operatorOf(call);
  await expectNoBody(call);
  const resumed = await resumeAccount(tenantIdOf(call), call.parts);
  await record(resumed.id, "tenants.resume", {});
  return answer(tenantToBody(resumed));
}

/** The tenant that the path names. Throws 404 for what none is called. */
export function tenantIdOf({ params: { id = "" } }: ManagementCall): TenantId {
  if (!TENANT_ID.test(id)) throw new SnapbyteError("NOT_FOUND");
  return id as TenantId;
}
