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

const UNSIGNED: RawLinkParameters = { exp: null, nbf: null, kid: null, sig: null, ip: null, scope: null, tags: null };

/**
 * Reads the raw query of `/proxy` (without its `?`). A `+` stays a plus: a URL holds no space that it could stand for.
 * Throws 400 for what is missing, repeated or malformed, and for a signed URL that was pasted in without encoding it.
 */
export function parseProxyQuery(query: string): ProxyQuery {
  const found: Found = { url: null, hash: null, site: null, signature: null };
  for (const part of query.split("&")) {
    if (part === "") continue;
    const equals = part.indexOf("=");
    const name = equals < 0 ? part : part.slice(0, equals);
    const value = equals < 0 ? "" : part.slice(equals + 1);
    switch (name) {
      case "url":
      case "hash":
      case "site":
        found[name] = only(name, found[name], value);
        break;
      case "exp":
      case "nbf":
      case "kid":
      case "sig":
      case "ip":
      case "scope":
      case "tags":
        found.signature ??= { ...UNSIGNED };
        found.signature[name] = only(name, found.signature[name], value);
        break;
      default:
        throw unexpected(name, query);
    }
  }
  if (found.url === null && found.hash === null) throw new SnapbyteError("MISSING_FIELD", "url is required.");
  if (found.hash !== null) checkCustomKey("hash", found.hash);
  return found;
}

type Writable<Parameters> = { -readonly [Name in keyof Parameters]: Parameters[Name] };
type Found = Writable<Omit<ProxyQuery, "signature">> & { signature: Writable<RawLinkParameters> | null };

/** The value of a parameter that was not there before. */
function only(name: string, before: string | null, value: string): string {
  if (before !== null) throw new SnapbyteError("INVALID_FIELD", `${name} is given twice.`);
  return decode(name, value);
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
  if (!value.includes("%")) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    throw new SnapbyteError("INVALID_FIELD", `${name} is not valid percent-encoding.`);
  }
}
