import { takePathCredential } from "../origin-url/path-credentials.ts";
import { foldPercentEncoding, hasDotSegments } from "../origin-url/percent-encoding.ts";
import type { RawUrl } from "../origin-url/raw-url.ts";
import type { OriginRule } from "../tenant.ts";
import { isPrivateHost } from "./private-host.ts";

/**
 * The rule that allows this URL and says the most about it, whatever the order: a host by its name before a wildcard, then
 * the longer prefix; of two alike the first. `null`: it is neither fetched nor redirected to.
 * `local` is local development, where plain http, IP literals and private hosts may be allowed by a rule.
 */
export function allowingRule(rules: readonly OriginRule[], url: RawUrl, local: boolean): OriginRule | null {
  if (!local && (url.scheme !== "https" || isPrivateHost(url.host))) return null;
  const matching = rules.filter((rule) => matches(rule, url));
  return matching.reduce<OriginRule | null>((best, rule) => (best && !isNarrower(rule, best) ? best : rule), null);
}

function isNarrower(rule: OriginRule, other: OriginRule): boolean {
  const wildcards = Number(other.host.startsWith("*.")) - Number(rule.host.startsWith("*."));
  const hosts = rule.host.length - other.host.length;
  return (wildcards || hosts || rule.pathPrefix.length - other.pathPrefix.length) > 0;
}

function matches(rule: OriginRule, url: RawUrl): boolean {
  return (
    rule.scheme === url.scheme &&
    rule.port === url.port &&
    matchesHost(rule.host, url.host) &&
    // A credential in the path is not what a prefix is about: behind it is the path that the identity has.
    (matchesPath(rule.pathPrefix, takePathCredential(url).path) || matchesPath(rule.pathPrefix, url.path))
  );
}

/** On label boundaries: `*.example.com` allows `a.example.com`, neither `example.com` nor `evilexample.com`. */
function matchesHost(pattern: string, host: string): boolean {
  return pattern.startsWith("*.") ? host.endsWith(pattern.slice(1)) && host.length >= pattern.length : pattern === host;
}

/**
 * On segment boundaries, and never through `..`: the client would fold it and leave the prefix. In one spelling, as
 * identities are: `/%70ublic` is `/public`, and what a narrower rule protects must not pass under another name of it.
 */
function matchesPath(rulePrefix: string, rawPath: string): boolean {
  if (rulePrefix === "/") return true;
  if (hasDotSegments(rawPath)) return false;
  const [prefix, path] = [foldPercentEncoding(rulePrefix), foldPercentEncoding(rawPath)];
  return prefix.endsWith("/") ? path.startsWith(prefix) : path === prefix || path.startsWith(`${prefix}/`);
}
