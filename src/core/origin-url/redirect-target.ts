import { encodeNonAscii } from "./percent-encoding.ts";
import { DEFAULT_PORT, parseRawUrl, type RawUrl, type RawUrlProblem, withoutFragment } from "./raw-url.ts";

/**
 * Where a Location field leads from `base` (RFC 3986 section 5.2), on the raw text: neither path is folded, so that a
 * signed URL stays valid. A fragment is dropped, as it never goes to a server. `..` stays as well: whoever sends the URL
 * folds it, and an origin rule of a path refuses it. `null`: there is none, or an empty one, which leads nowhere else.
 */
export function redirectTarget(base: RawUrl, location: string | null): RawUrl | RawUrlProblem | null {
  const reference = withoutFragment(encodeNonAscii(location ?? ""));
  return reference === "" ? null : parseRawUrl(resolved(base, reference));
}

function resolved({ scheme, host, port, path }: RawUrl, reference: string): string {
  if (/^[A-Za-z][A-Za-z0-9+.-]*:/.test(reference)) return reference;
  if (reference.startsWith("//")) return `${scheme}:${reference}`;
  const server = `${scheme}://${host}${port === DEFAULT_PORT[scheme] ? "" : `:${port}`}`;
  if (reference.startsWith("/")) return server + reference;
  if (reference.startsWith("?")) return server + path + reference;
  return server + path.slice(0, path.lastIndexOf("/") + 1) + reference;
}
