import { MAX_CUSTOM_KEY_BYTES } from "./entry-key.ts";
import { SnapbyteError } from "./errors.ts";
import { redactUrl } from "./origin-url/redact.ts";

/** What `/proxy` was asked, still unread: the URL byte for byte as the caller meant it. */
export type ProxyQuery = { readonly url: string | null; readonly hash: string | null; readonly site: string | null };

const NAMES = ["url", "hash", "site"] as const;

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
    if (!(NAMES as readonly string[]).includes(name)) throw unexpected(name, query);
    if (found.has(name)) throw new SnapbyteError("INVALID_FIELD", `${name} is given twice.`);
    found.set(name, decode(name, equals < 0 ? "" : part.slice(equals + 1)));
  }
  const [url = null, hash = null, site = null] = NAMES.map((name) => found.get(name));
  if (url === null && hash === null) throw new SnapbyteError("MISSING_FIELD", "url is required.");
  return { url, hash: hash === null ? null : checkCustomKey("hash", hash), site };
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
