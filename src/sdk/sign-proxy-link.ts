import { canonicalText } from "./canonical-text.ts";
import { type LinkFields, type ProxyLink, readProxyLink } from "./proxy-link.ts";

export type { ProxyLink } from "./proxy-link.ts";

/**
 * A full `https://…/proxy?…` URL with the tenant's own signature; docs/signed-links.md describes it. Nothing is sent
 * anywhere. Throws an Error that begins with the name of the field that is wrong; none of them holds the key.
 *
 * For servers only: the key is a secret, and a browser keeps none.
 */
export async function signProxyLink(link: ProxyLink): Promise<string> {
  const { endpoint, key, fields } = readProxyLink(link);
  const query = { ...fields, sig: await hmac(key, canonicalText(fields)) };
  const names = [
    "url",
    "hash",
    "site",
    "scope",
    "exp",
    "nbf",
    "ip",
    "tags",
    "kid",
    "sig",
  ] as const satisfies Parameter[];
  const pairs = names.filter((name) => query[name] !== "").map((name) => `${name}=${encode(query[name])}`);
  return `${endpoint}/proxy?${pairs.join("&")}`;
}

type Parameter = keyof LinkFields | "sig";

/** HMAC-SHA256 in base64url without padding; the key is the text of the link key, `snap_link_` included. */
async function hmac(key: string, text: string): Promise<string> {
  const bytes = (ascii: string) => new Uint8Array(new TextEncoder().encode(ascii));
  const secret = await crypto.subtle.importKey("raw", bytes(key), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const mac = new Uint8Array(await crypto.subtle.sign("HMAC", secret, bytes(text)));
  return btoa(String.fromCharCode(...mac))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

/** Percent-encodes all but RFC 3986's unreserved characters. A space becomes `%20`: here a `+` is a plus. */
function encode(value: string): string {
  const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(value).replace(/[!'()*]/g, hex);
}
