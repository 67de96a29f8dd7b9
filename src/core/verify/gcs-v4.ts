import { fromHex } from "../crypto/hex.ts";
import type { RawUrl } from "../origin-url/raw-url.ts";
import { signedByAccount } from "./gcs-account.ts";
import type { Material, SignatureVerdict } from "./material.ts";
import { remembered } from "./remembered.ts";
import { uriEncode } from "./uri-encode.ts";
import { readV4Claims, type V4Claims, type V4Dialect } from "./v4-claims.ts";
import { canonicalQuery, canonicalRequest } from "./v4-request.ts";
import { isHmacOf, signingKey, stringToSign } from "./v4-signature.ts";
import type { Verifier } from "./verifier.ts";

const GOOGLE: V4Dialect = {
  prefix: "X-Goog-",
  algorithms: ["GOOG4-RSA-SHA256", "GOOG4-HMAC-SHA256"],
  scopeEnd: "storage/goog4_request",
};

/**
 * Google Cloud Storage's signed URLs of the fourth version, by a service account or an HMAC key.
 * https://cloud.google.com/storage/docs/authentication/canonical-requests
 */
export const verifyGcsV4: Verifier = async ({ raw }, material, circumstances) => {
  const claims = readV4Claims(raw, GOOGLE, circumstances.now);
  if (typeof claims === "string") return claims;
  // Case counts: a hexadecimal digit in another one is another signature.
  const signature = /[A-F]/.test(claims.signature) ? null : fromHex(claims.signature);
  if (signature === null) return "invalid";
  const request = requestOf(raw);
  if (request === null) return "unknown";
  const text = await stringToSign(claims, request);
  if (claims.algorithm === "GOOG4-HMAC-SHA256") return await signedBySecret(claims, text, material);
  return await signedByAccount(claims.keyId, signature, text, material, circumstances);
};

/** `null` for a spelling that Google's signers do not use: we do not know how Google reads it. Ports are never signed. */
function requestOf({ host, path, parameters }: RawUrl): string | null {
  const usual = parameters.every(({ name, raw }) => isUsual(raw.replace("=", "")) && name !== "x-goog-content-sha256");
  const query = canonicalQuery(parameters, "X-Goog-Signature");
  if (!usual || query === null || uriEncode(path, true) !== path) return null;
  return canonicalRequest({ host, path, query, payload: "UNSIGNED-PAYLOAD" });
}

function isUsual(text: string): boolean {
  return uriEncode(text) === text;
}

async function signedBySecret(
  { keyId, scope, signature }: V4Claims,
  text: string,
  material: readonly Material[],
): Promise<SignatureVerdict> {
  const one = material.find((candidate) => candidate.kind === "gcs-hmac" && candidate.accessId === keyId);
  if (one?.kind !== "gcs-hmac") return "unknown";
  const key = await remembered(one, scope, () => signingKey(`GOOG4${one.secret}`, scope));
  return (await isHmacOf(key, text, signature)) ? "valid" : "invalid";
}
