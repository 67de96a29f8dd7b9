import type { TenantHint } from "../app/find-tenant.ts";
import { SnapbyteError } from "../core/errors.ts";
import { hostOfUrl } from "../core/hosts/host-of-url.ts";

/** The raw query of a request's URL, without its `?`. */
export function rawQuery(url: string): string {
  const at = url.indexOf("?");
  return at < 0 ? "" : url.slice(at + 1);
}

/** The query as an object. Throws 400 for a parameter that is given twice. */
export function queryOf(request: Request): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(rawQuery(request.url))) {
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

/**
 * The codings that the client takes: Cloudflare's edge puts its own list into the field, and the client's here.
 * https://developers.cloudflare.com/workers/runtime-apis/request/#incomingrequestcfproperties
 */
export function acceptEncoding({ cf, headers }: Request): string | null {
  const sent = cf?.clientAcceptEncoding;
  return typeof sent === "string" && sent !== "" ? sent : headers.get("Accept-Encoding");
}

/** The host name that a request came to, in lower case and without port. */
export function hostOf({ url }: { readonly url: string }): string {
  return hostOfUrl(url);
}

/** What a request says about its tenant, `site` being its parameter of that name. */
export function tenantHint(request: Request, site: string | null): TenantHint {
  return { host: hostOf(request), site, address: clientAddress(request) };
}
