import { listCnames } from "../../app/settings/cnames.ts";
import { addOrigin, changeOrigin, describeOrigin, listOrigins, removeOrigin } from "../../app/settings/origins.ts";
import type { AuditDetail } from "../../core/audit.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { givenPrices } from "../../core/pricing/origin-prices.ts";
import type { StoredOriginRule } from "../../ports/tenant-settings.ts";
import { answer, bodyOf, callerOf, type ManagementCall, tenantOf } from "../management.ts";
import { newOrigin, originChange, originChangeFromBody, originToBody } from "../schemas/origins.ts";

/** The highest id that Postgres' integer takes. */
const MAX_ID = 2 ** 31 - 1;

/** `GET /origins`: the tenant's allow-list. */
export async function listOriginsRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  const [rules, cnames] = await Promise.all([listOrigins(tenant.id, call.parts), listCnames(tenant.id, call.parts)]);
  return answer({ origins: rules.map((rule) => originToBody(rule, cnames)) });
}

/** `POST /origins`: allows one more. */
export async function addOriginRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const { origin, access = null, obey_private = false, tags = [], prices = null } = await bodyOf(call, newOrigin);
  const cnames = await listCnames(tenant.id, call.parts);
  const wish = { text: origin, access, obeyPrivate: obey_private, tags, prices: prices && givenPrices(prices) };
  const added = await addOrigin(tenant.id, wish, call.parts.local, call.parts);
  await record("origins.add", factsOf(added));
  return answer(originToBody(added, cnames), 201);
}

/** `GET /origins/{id}`. */
export async function describeOriginRoute(call: ManagementCall): Promise<Response> {
  const tenant = await tenantOf(call, "settings:read");
  const cnames = await listCnames(tenant.id, call.parts);
  return answer(originToBody(await describeOrigin(tenant.id, idOf(call), call.parts), cnames));
}

/** `PATCH /origins/{id}`: changes what the body names. */
export async function changeOriginRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const changes = originChangeFromBody(await bodyOf(call, originChange));
  const cnames = await listCnames(tenant.id, call.parts);
  const changed = await changeOrigin(tenant.id, idOf(call), changes, call.parts);
  await record("origins.change", factsOf(changed));
  return answer(originToBody(changed, cnames));
}

/** `DELETE /origins/{id}`. */
export async function removeOriginRoute(call: ManagementCall): Promise<Response> {
  const { tenant, record } = await callerOf(call, "settings:write");
  const id = idOf(call);
  await removeOrigin(tenant.id, id, call.parts);
  await record("origins.remove", { id });
  return answer({ id, status: "deleted" });
}

function factsOf({ id, scheme, host, port, pathPrefix, prices, ...rule }: StoredOriginRule): AuditDetail {
  const { access, obeyPrivate: obey_private, tags } = rule;
  const origin = `${scheme}://${host}:${port}${pathPrefix}`;
  return { id, origin, access, obey_private, tags, prices: prices && JSON.stringify(prices) };
}

/** What is no number is no rule's id. */
function idOf({ params: { id = "" } }: ManagementCall): number {
  const number = Number(id);
  if (!/^[1-9]\d*$/.test(id) || number > MAX_ID) throw new SnapbyteError("NOT_FOUND");
  return number;
}
