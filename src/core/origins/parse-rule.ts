import { parseRawUrl } from "../origin-url/raw-url.ts";
import type { AccessMode, OriginRule } from "../tenant.ts";

/**
 * Reads an origin rule from a URL such as `https://bucket.s3.amazonaws.com/public/` or `https://*.example.com`.
 * `null` when it is no absolute http(s) URL, or has a query.
 */
export function parseOriginRule(text: string, access: AccessMode | null, obeyPrivate = false): OriginRule | null {
  const wildcard = /^[a-z]+:\/\/\*\./i.test(text);
  const url = parseRawUrl(wildcard ? text.replace("*.", "") : text);
  if (typeof url === "string" || text.includes("?")) return null;
  const host = wildcard ? `*.${url.host}` : url.host;
  return { scheme: url.scheme, host, port: url.port, pathPrefix: url.path, access, obeyPrivate, tags: [] };
}
