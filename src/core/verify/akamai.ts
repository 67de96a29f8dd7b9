import { fromHex, toHex } from "../crypto/hex.ts";
import { encodeNonAscii, hasDotSegments } from "../origin-url/percent-encoding.ts";
import { decodeLeniently } from "../origin-url/raw-url.ts";
import { type AkamaiToken, escapeEarly, readAkamaiToken } from "./akamai-token.ts";
import { sameText } from "./constant-time.ts";
import { hmac, hmacKey } from "./hmac.ts";
import type { Material } from "./material.ts";
import type { Verifier } from "./verifier.ts";
import { matchesWildcard } from "./wildcard.ts";

/** Hexadecimal digits of an HMAC-SHA256; tokens by SHA-1 or MD5 are shorter. */
const SIGNATURE_DIGITS = 64;

/**
 * Akamai's EdgeAuth 2.0 tokens: for one path (`url`, which is signed and stands not in the token) or for patterns of paths
 * (`acl`). The query is not signed. https://github.com/akamai/EdgeAuth-Token-Node
 */
export const verifyAkamai: Verifier = async ({ raw }, material, { now }) => {
  const properties = material.filter(
    (one): one is Extract<Material, { kind: "akamai" }> => one.kind === "akamai" && one.hosts.includes(raw.host),
  );
  const token = readAkamaiToken(raw.parameters);
  if (properties.length === 0 || !token || hasDotSegments(raw.path)) return "unknown";
  if (token.fields.has("ip") || token.fields.has("url") || token.signature.length !== SIGNATURE_DIGITS)
    return "unknown";
  const path = encodeNonAscii(raw.path);
  if (!isCurrent(token, now)) return "invalid";
  const texts = token.fields.has("acl") ? [""] : [`~url=${path}`, `~url=${escapeEarly(path)}`];
  for (const property of properties) {
    const secret = fromHex(property.key);
    if (!secret) continue;
    const key = await hmacKey(property, secret);
    for (const text of texts) {
      const signed = sameText(toHex(await hmac(key, `${token.signed}${text}`)), token.signature);
      // The signature first: matching the patterns of a stranger could keep us busy.
      if (signed) return isOnList(token, path) ? "valid" : "invalid";
    }
  }
  return "invalid";
};

function isCurrent({ fields }: AkamaiToken, now: number): boolean {
  const [begin, end] = [fields.get("st") ?? "0", fields.get("exp") ?? ""];
  if (!/^\d{1,11}$/.test(begin) || !/^\d{1,11}$/.test(end)) return false;
  return now >= Number(begin) * 1000 && now < Number(end) * 1000;
}

/** Patterns are parted by `!`; a token without a list is for one path. */
function isOnList({ fields }: AkamaiToken, path: string): boolean {
  const list = fields.get("acl");
  if (list === undefined) return true;
  return decodeLeniently(list)
    .split("!")
    .some((pattern) => matchesWildcard(pattern, path));
}
