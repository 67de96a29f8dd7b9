import { hasDotSegments } from "../origin-url/percent-encoding.ts";
import type { RawUrl } from "../origin-url/raw-url.ts";
import type { OriginRule } from "../tenant.ts";
import { isPrivateHost } from "./private-host.ts";

/**
 * The first rule of the list that allows this URL, or `null`: then it is neither fetched nor redirected to.
 * `local` is local development, where plain http, IP literals and private hosts may be allowed by a rule.
 */
export function allowingRule(rules: readonly OriginRule[], url: RawUrl, local: boolean): OriginRule | null {
  if (!local && (url.scheme !== "https" || isPrivateHost(url.host))) return null;
  return rules.find((rule) => matches(rule, url)) ?? null;
}

function matches(rule: OriginRule, url: RawUrl): boolean {
  return (
    rule.scheme === url.scheme &&
    rule.port === url.port &&
    matchesHost(rule.host, url.host) &&
    matchesPath(rule.pathPrefix, url.path)
  );
}

/** On label boundaries: `*.example.com` allows `a.example.com`, neither `example.com` nor `evilexample.com`. */
function matchesHost(pattern: string, host: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) && host.length >= pattern.length : pattern === host;
}

/** On segment boundaries, and never through `..`: the client would fold it and leave the prefix. */
function matchesPath(prefix: string, path: string): boolean {
  if (prefix === "/") return true;
  if (hasDotSegments(path)) return false;
  return prefix.endsWith("/") ? path.startsWith(prefix) : path === prefix || path.startsWith(`${prefix}/`);
}
