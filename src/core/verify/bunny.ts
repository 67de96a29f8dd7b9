import { toBase64Url } from "../crypto/base64url.ts";
import { hasDotSegments } from "../origin-url/percent-encoding.ts";
import { type BunnyToken, readBunnyToken } from "./bunny-token.ts";
import { sameText } from "./constant-time.ts";
import { hmac, hmacKey } from "./hmac.ts";
import type { Material, SignatureVerdict } from "./material.ts";
import type { Verifier } from "./verifier.ts";

const PREFIX = "HS256-";

/**
 * Bunny's token authentication by HMAC-SHA256, in the query or in the path.
 * https://github.com/BunnyWay/BunnyCDN.TokenAuthentication
 */
export const verifyBunny: Verifier = async ({ raw }, material, { now }) => {
  const zones = material.filter(
    (one): one is Extract<Material, { kind: "bunny" }> => one.kind === "bunny" && one.hosts.includes(raw.host),
  );
  const token = readBunnyToken(raw);
  if (zones.length === 0 || !token || hasDotSegments(raw.path) || !isForAnybody(token)) return "unknown";
  // Nothing separates the parts of the signed text. Exactly ten digits, the times from 2001 to 2286, keep digits of the
  // path from passing for a part of the time.
  if (!/^[1-9]\d{9}$/.test(token.expires) || now >= Number(token.expires) * 1000) return "invalid";
  const allowed = allows(token);
  if (allowed !== "valid") return allowed;
  const signed = signedText(token);
  for (const zone of zones) {
    const signature = await hmac(await hmacKey(zone, zone.securityKey), signed);
    if (sameText(`${PREFIX}${toBase64Url(signature)}`, token.token)) return "valid";
  }
  // The vendor's signers differ on encoded paths: the one for Go signs them decoded.
  return token.path.includes("%") && token.parameters.get("token_path") === undefined ? "unknown" : "invalid";
};

/** Flags before the signature bind it to an address; another prefix, or none, is a signature of a kind that we lack. */
function isForAnybody({ token, parameters }: BunnyToken): boolean {
  const bound = /^token_countries(?:_blocked)?$/;
  return /^HS256-[A-Za-z0-9_-]{43}$/.test(token) && ![...parameters.keys()].some((name) => bound.test(name));
}

/** Whether the path is one of those that the token is for. Where a prefix ends inside a segment, the origin knows. */
function allows({ path, parameters }: BunnyToken): SignatureVerdict {
  const prefix = parameters.get("token_path");
  if (prefix === undefined) return "valid";
  if (!path.startsWith(prefix)) return prefix.startsWith("/") && !path.includes("%") ? "invalid" : "unknown";
  return prefix.endsWith("/") || ["", "/"].includes(path.charAt(prefix.length)) ? "valid" : "unknown";
}

function signedText({ path, expires, parameters }: BunnyToken): string {
  const ignoring = parameters.get("token_ignore_params") === "true";
  const names = [...parameters.keys()]
    .filter((name) => !ignoring || /^token_(?:path|ignore_params)$/.test(name))
    .sort();
  const data = names.map((name) => `${name}=${parameters.get(name)}`).join("&");
  return `${parameters.get("token_path") ?? path}${expires}${data}`;
}
