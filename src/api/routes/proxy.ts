import { admitLink, admitNetwork, type SignedFor } from "../../app/admit.ts";
import { isTrusted } from "../../app/authenticate.ts";
import { findTenant } from "../../app/find-tenant.ts";
import type { PassWish } from "../../app/pass-wish.ts";
import { readSource } from "../../app/read-source.ts";
import { type Redirect, resolve } from "../../app/resolve.ts";
import { resolveKey } from "../../app/resolve-key.ts";
import { bearerApiKey } from "../../core/api-key.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { withCors } from "../../core/http/cors.ts";
import { passedHeaders } from "../../core/http/passed-headers.ts";
import { displayOn } from "../../core/http/safety-headers.ts";
import { type ProxyQuery, parseProxyQuery, readRawForm } from "../../core/proxy-query.ts";
import type { Tenant } from "../../core/tenant.ts";
import type { Call } from "../methods.ts";
import { redirectTo } from "../redirect.ts";
import { hostOf, rawQuery, tenantHint } from "../request-hints.ts";

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
  const { location, cacheStatus, pass } = await target(call, query, tenant, signed);
  const passed = pass && (await passOn(pass, cacheStatus, call));
  if (passed) return passed;
  // A reference from the root is ours: the edge link of the host that was asked.
  const absolute = location.startsWith("/") ? new URL(request.url).origin + location : location;
  return redirectTo(request, { location: absolute, cacheStatus }, tenant.serving.cors);
}

async function target(
  { request, requestId, parts }: Call,
  { url, hash }: ProxyQuery,
  tenant: Tenant,
  signed: SignedFor | null,
): Promise<Redirect> {
  const method = request.method === "HEAD" ? "HEAD" : "GET";
  const authorization = request.headers.get("Authorization");
  const known = await isTrusted(authorization, tenant, parts);
  if (url !== null) {
    const source = await readSource(tenant, url, hash, parts.local);
    const trusted = known || signed?.whole === true;
    const credentialed = authorization !== null && bearerApiKey(authorization) === null;
    const passing = passable(request, tenant);
    return await resolve({ tenant, source, trusted, signed, method, requestId, credentialed, passing }, parts);
  }
  const trusted = known || signed !== null;
  const ask = { tenant, key: hash ?? "", trusted, signed, method } as const;
  return await resolveKey(ask, parts.local, parts);
}

/** A condition is on a copy that the client has of what the origin sent before: that is the origin's to judge. */
const CONDITIONS = ["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range"];

function passable({ method, headers }: Request, { serving }: Tenant): { range: string | null } | null {
  if (method !== "GET" || CONDITIONS.some((name) => headers.has(name))) return null;
  // Where the tenant says nothing of other origins' pages, the origin may.
  if (headers.has("Origin") && serving.cors === null) return null;
  return { range: headers.get("Range") };
}

/** The origin's bytes, on their way through; `null`: the client is sent there. */
async function passOn(wish: PassWish, cacheStatus: string, { request, parts }: Call): Promise<Response | null> {
  // Most tenants' downloads never need it, and a Worker must start fast.
  const { passThrough } = await import("../../app/pass-through.ts");
  const passed = await passThrough(wish, parts);
  if (!passed) return null;
  const fields = passedHeaders(passed.answer, cacheStatus, displayOn(hostOf(request), wish.tenant));
  const headers = withCors(fields, wish.tenant.serving.cors, request.headers.get("Origin"));
  return new Response(passed.body, { status: passed.answer.status, headers, encodeBody: "manual" });
}
