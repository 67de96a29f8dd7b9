import { DEFAULT_PORT, siteOf } from "../origin-url/raw-url.ts";

const SHAPE = /^(https?):\/\/([^/]+)(.*)$/is;

/**
 * The beginning of a URL in the spelling in which source URLs are kept: scheme and host in lower case, no default port. A
 * port is known to be whole only where a path follows.
 */
export function keptPrefix(prefix: string): string {
  const [, given = "", authority = "", path = ""] = SHAPE.exec(prefix) ?? [];
  const scheme = given.toLowerCase();
  if (scheme !== "http" && scheme !== "https") return prefix;
  const [, host = "", digits] = /^(.*?)(?::(\d{1,5}))?$/s.exec(authority.toLowerCase()) ?? [];
  if (digits === undefined || path === "") return `${scheme}://${authority.toLowerCase()}${path}`;
  return siteOf({ scheme, host, port: Number(digits) || DEFAULT_PORT[scheme] }) + path;
}
