import { linkServing } from "../../app/deliver.ts";
import { findTenant } from "../../app/find-tenant.ts";
import { hostTenant } from "../../app/which-host.ts";
import { optionsHeaders } from "../../core/http/cors.ts";
import { parseProxyQuery } from "../../core/proxy-query.ts";
import type { CorsSettings } from "../../core/tenant.ts";
import type { Call } from "../methods.ts";
import { hostOf, rawQuery, tenantHint } from "../request-hints.ts";

/** `OPTIONS /proxy`: which pages of other origins may ask, and how. */
export async function proxyOptionsRoute(call: Call): Promise<Response> {
  return await proxyOptions(call, parseProxyQuery(rawQuery(call.request.url)).site);
}

/** The same of `/proxy/https://host/path`. */
export async function rawProxyOptionsRoute(call: Call): Promise<Response> {
  return await proxyOptions(call, null);
}

/** `OPTIONS /f/TOKEN/name`: the same of a link to a copy. */
export async function fileOptionsRoute({ request, params, parts }: Call): Promise<Response> {
  const owner = await hostTenant(hostOf(request), parts);
  return options(request, (await linkServing(params.token ?? "", owner, parts)).cors);
}

async function proxyOptions({ request, parts }: Call, site: string | null): Promise<Response> {
  const tenant = await findTenant(tenantHint(request, site), parts.defaultSite, parts.directory, parts.report);
  return options(request, tenant.serving.cors);
}

function options({ headers }: Request, cors: CorsSettings | null): Response {
  return new Response(null, { status: 204, headers: optionsHeaders(cors, headers.get("Origin")) });
}
