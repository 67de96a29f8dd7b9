import { redactPath } from "./path-credentials.ts";
import { PROVIDERS } from "./providers.ts";
import { decodeLeniently, withoutFragment } from "./raw-url.ts";

/** Parameters that look like a credential at a provider that we do not know. */
const SECRET_NAME = /sig|token|key|secret|auth|cred|policy|password|hmac|jwt|md5|^hdn|^(?:se|s|e|hm)$/i;

/** Names that are one somewhere, `expires` and the like with them: to strike out too much tells nobody anything. */
const CREDENTIALS: ReadonlySet<string> = new Set(PROVIDERS.flatMap(({ credential }) => credential));
/** Values that are one whatever their name: tokens of Akamai's form, and JSON web tokens. */
const SECRET_VALUE = /hmac=|^eyJ[\w-]+\.[\w-]+\./i;

/**
 * The URL with the values of its credentials replaced, for logs, answers and the ledger: a signed URL is a bearer token.
 * Works on any text, also on a URL that does not parse.
 */
export function redactUrl(text: string): string {
  const [start = "", query] = splitOnce(withoutFragment(text), "?");
  const address = redactPath(start.replace(/\/\/[^/]*@/, "//"));
  if (query === undefined) return address;
  return `${address}?${query.split("&").map(redactParameter).join("&")}`;
}

/**
 * An identity as people may see it. In the words of a store, such as `s3:aws/bucket/key?versionId=7` or `gs:bucket/a@b#7`,
 * it is no URL: only its parameters may hold a secret.
 */
export function redactIdentity(identity: string): string {
  if (/^https?:/.test(identity)) return redactUrl(identity);
  const [, name = "", query, generation = ""] = /^([^?#]*)(?:\?([^#]*))?(#.*)?$/s.exec(identity) ?? [];
  if (query === undefined) return name + generation;
  return `${name}?${query.split("&").map(redactParameter).join("&")}${generation}`;
}

/** The text with every URL in it redacted: for messages of errors that others made. */
export function redactUrlsIn(text: string): string {
  return text.replace(/\bhttps?:\/\/[^\s"'<>]+/gi, redactUrl);
}

function redactParameter(raw: string): string {
  const [name, value] = splitOnce(raw, "=");
  // Providers decode names before they compare them.
  const meant = decodeLeniently(name).toLowerCase();
  const text = decodeLeniently(value ?? "");
  const secret = SECRET_NAME.test(meant) || CREDENTIALS.has(meant) || SECRET_VALUE.test(text);
  // A link of ours, or of another proxy, holds a whole signed URL in one parameter.
  const nested = /^https?:/i.test(text);
  return value && (secret || nested) ? `${name}=REDACTED` : raw;
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
