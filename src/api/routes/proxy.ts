import { admitLink, admitNetwork, type SignedFor } from "../../app/admit.ts";
import { isTrusted } from "../../app/authenticate.ts";
import { findTenant } from "../../app/find-tenant.ts";
import { readSource } from "../../app/read-source.ts";
import { type Redirect, resolve } from "../../app/resolve.ts";
import { resolveKey } from "../../app/resolve-key.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { type ProxyQuery, parseProxyQuery, readRawForm } from "../../core/proxy-query.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Call } from "../methods.ts";
import { redirectTo } from "../redirect.ts";
import { rawQuery, tenantHint } from "../request-hints.ts";

/** `GET /proxy?url=&hash=&site=`: a redirect to our copy or to the origin, never an error of ours for a good URL. */
export async function proxyRoute(call: Call): Promise<Response> {
  return await answer(call, parseProxyQuery(rawQuery(call.request)));
}

/** `GET /proxy/https://host/path?…`: the same for those who cannot encode. */
export async function rawProxyRoute(call: Call): Promise<Response> {
  const url = readRawForm(call.request.url);
  if (url === null) throw new SnapbyteError("NOT_FOUND");
  return await answer(call, { url, hash: null, site: null, signature: null });
}

async function answer(call: Call, query: ProxyQuery): Promise<Response> {
  const { request, parts } = call;
  const hint = tenantHint(request, query.site);
  const tenant = await findTenant(hint, parts.defaultSite, parts.directory, parts.report);
  admitNetwork(tenant.clientNetworks, hint.address);
  const signed = await admitLink(query, tenant, hint.address, parts);
  const { location, cacheStatus } = await target(call, query, tenant, signed);
  // A reference from the root is ours: the edge link of the host that was asked.
  return redirectTo(location.startsWith("/") ? new URL(request.url).origin + location : location, cacheStatus);
}

async function target(
  { request, requestId, parts }: Call,
  { url, hash }: ProxyQuery,
  tenant: Tenant,
  signed: SignedFor | null,
): Promise<Redirect> {
  const method = request.method === "HEAD" ? "HEAD" : "GET";
  const known = await isTrusted(request.headers.get("Authorization"), tenant, parts);
  if (url !== null) {
    const source = await readSource(tenant, url, hash, parts.local);
    const trusted = known || signed?.whole === true;
    return await resolve({ tenant, source, trusted, signed, method, requestId }, parts);
  }
  const trusted = known || signed !== null;
  const ask = { tenant, key: hash ?? "", trusted, signed, method } as const;
  return await resolveKey(ask, parts.local, parts);
}
