import { isTrusted } from "../../app/authenticate.ts";
import { findTenant } from "../../app/find-tenant.ts";
import { readSource } from "../../app/read-source.ts";
import { type Redirect, resolve } from "../../app/resolve.ts";
import { resolveKey } from "../../app/resolve-key.ts";
import { type ProxyQuery, parseProxyQuery } from "../../core/proxy-query.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Call } from "../methods.ts";
import { redirectTo } from "../redirect.ts";
import { rawQuery, tenantHint } from "../request-hints.ts";

/** `GET /proxy?url=&hash=&site=`: a redirect to our copy or to the origin, never an error of ours for a good URL. */
export async function proxyRoute(call: Call): Promise<Response> {
  const { request, parts } = call;
  const query = parseProxyQuery(rawQuery(request));
  const hint = tenantHint(request, query.site);
  const tenant = await findTenant(hint, parts.defaultSite, parts.directory, parts.report);
  const trusted = await isTrusted(request.headers.get("Authorization"), tenant, parts);
  const { location, cacheStatus } = await target(call, query, tenant, trusted);
  // A reference from the root is ours: the edge link of the host that was asked.
  return redirectTo(location.startsWith("/") ? new URL(request.url).origin + location : location, cacheStatus);
}

async function target(
  { request, requestId, parts }: Call,
  { url, hash }: ProxyQuery,
  tenant: Tenant,
  trusted: boolean,
): Promise<Redirect> {
  const method = request.method === "HEAD" ? "HEAD" : "GET";
  if (url !== null) {
    const source = await readSource(tenant, url, hash, parts.local);
    return await resolve({ tenant, source, trusted, method, requestId }, parts);
  }
  return await resolveKey({ tenant, key: hash ?? "", trusted, method }, parts.local, parts);
}
