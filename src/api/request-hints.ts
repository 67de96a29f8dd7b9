import type { TenantHint } from "../app/find-tenant.ts";
import { SnapbyteError } from "../core/errors.ts";

/** The raw query of a request's URL, without its `?`. */
export function rawQuery(request: Request): string {
  const at = request.url.indexOf("?");
  return at < 0 ? "" : request.url.slice(at + 1);
}

/** The query as an object. Throws 400 for a parameter that is given twice. */
export function queryOf(request: Request): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery(request))) {
    if (Object.hasOwn(query, name)) throw new SnapbyteError("INVALID_FIELD", `${name} is given twice.`);
    query[name] = value;
  }
  return query;
}

/** The tenant that an operator's call names. */
export function siteParameter(request: Request): string | null {
  return queryOf(request).site ?? null;
}

/**
 * The client's IP address: Cloudflare's edge sets this field and drops one that the client sent.
 * https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-connecting-ip
 */
export function clientAddress(request: Request): string | null {
  return request.headers.get("CF-Connecting-IP");
}

/** What a request says about its tenant, `site` being its parameter of that name. */
export function tenantHint(request: Request, site: string | null): TenantHint {
  return { host: new URL(request.url).hostname, site, address: clientAddress(request) };
}
