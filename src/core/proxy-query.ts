import { MAX_CUSTOM_KEY_BYTES } from "./entry-key.ts";
import { SnapbyteError } from "./errors.ts";
import { redactUrl } from "./origin-url/redact.ts";
import type { RawLinkParameters } from "./signed-link/parameters.ts";

/** What `/proxy` was asked, still unread: the URL byte for byte as the caller meant it. */
export type ProxyQuery = {
  readonly url: string | null;
  readonly hash: string | null;
  readonly site: string | null;
  /** The tenant's own signature on the link; `null`: it carries nothing of one. */
  readonly signature: RawLinkParameters | null;
};

const LINK_NAMES = ["exp", "nbf", "kid", "sig", "ip", "scope", "tags"] as const;
const NAMES: readonly string[] = ["url", "hash", "site", ...LINK_NAMES];

/**
 * Reads the raw query of `/proxy` (without its `?`). A `+` stays a plus: a URL holds no space that it could stand for.
 * Throws 400 for what is missing, repeated or malformed, and for a signed URL that was pasted in without encoding it.
 */
export function parseProxyQuery(query: string): ProxyQuery {
  const found = new Map<string, string>();
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = equals < 0 ? part : part.slice(0, equals);
    if (!NAMES.includes(name)) throw unexpected(name, query);
    if (found.has(name)) throw new SnapbyteError("INVALID_FIELD", `${name} is given twice.`);
    found.set(name, decode(name, equals < 0 ? "" : part.slice(equals + 1)));
  }
  const of = (name: string) => found.get(name) ?? null;
  const [url, hash] = [of("url"), of("hash")];
  if (url === null && hash === null) throw new SnapbyteError("MISSING_FIELD", "url is required.");
  const isSigned = LINK_NAMES.some((name) => found.has(name));
  const link = Object.fromEntries(LINK_NAMES.map((name) => [name, of(name)])) as RawLinkParameters;
  return {
    url,
    hash: hash === null ? null : checkCustomKey("hash", hash),
    site: of("site"),
    signature: isSigned ? link : null,
  };
}

const RAW_FORM = /^https?:\/\/[^/?#]*\/proxy\/(https?):\/{1,2}(?=[^/])/i;

/**
 * The URL of `/proxy/https://host/path?…`, the form for those who cannot encode: all that follows `/proxy/`, byte for byte
 * as it arrived, its query included, so that nothing else can be said beside it. One slash behind the scheme is enough:
 * some clients and proxies fold two into one. `null`: this is no such form.
 */
export function readRawForm(requestUrl: string): string | null {
  const start = RAW_FORM.exec(requestUrl);
  return start ? `${start[1]}://${requestUrl.slice(start[0].length)}` : null;
}

/** A key of the caller's own, checked; `field` is what the error calls it. */
export function checkCustomKey(field: string, key: string): string {
  if (key === "") throw new SnapbyteError("INVALID_FIELD", `${field} must not be empty.`);
  if (/\p{Cc}/u.test(key) || !key.isWellFormed()) {
    throw new SnapbyteError("INVALID_FIELD", `${field} must not hold control characters.`);
  }
  if (new TextEncoder().encode(key).length > MAX_CUSTOM_KEY_BYTES) {
    throw new SnapbyteError("INVALID_FIELD", `${field} must be at most ${MAX_CUSTOM_KEY_BYTES} bytes.`);
  }
  return key;
}

function unexpected(name: string, query: string): SnapbyteError {
  // Pasted in as it is, a URL brings its own `?`; an encoded one does not, and may hold a signature that we cannot see.
  const at = query.search(/(?:^|&)url=[^&]*\?/);
  if (at < 0) return new SnapbyteError("INVALID_FIELD", `There is no parameter ${JSON.stringify(name.slice(0, 64))}.`);
  const start = query.indexOf("=", at) + 1;
  const meant = redactUrl(query.slice(start));
  return new SnapbyteError(
    "UNENCODED_URL",
    `The value of url must be percent-encoded: its parameter ${JSON.stringify(name.slice(0, 64))} arrived beside url ` +
      `and not inside it. Send /proxy?url=${encodeURIComponent(meant)} with the values that are REDACTED here.`,
  );
}

function decode(name: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new SnapbyteError("INVALID_FIELD", `${name} is not valid percent-encoding.`);
  }
}
