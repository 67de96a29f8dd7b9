import { fromHex } from "../crypto/hex.ts";
import type { RawParameter } from "../origin-url/raw-url.ts";
import { hmacKey } from "./hmac.ts";
import type { Material } from "./material.ts";
import { remembered } from "./remembered.ts";
import { sentHost } from "./sent-url.ts";
import { uriEncode } from "./uri-encode.ts";
import { readV4Claims, type V4Claims, type V4Dialect } from "./v4-claims.ts";
import { canonicalQuery, canonicalRequest } from "./v4-request.ts";
import { isHmacOf, signingKey, stringToSign } from "./v4-signature.ts";
import type { SignedUrl, Verifier } from "./verifier.ts";

const AWS: V4Dialect = { prefix: "X-Amz-", algorithms: ["AWS4-HMAC-SHA256"], scopeEnd: "s3/aws4_request" };
/** With these another secret signs, one that may be withdrawn before the URL ends. */
const SESSION_TOKENS = new Set(["x-amz-security-token", "x-amz-s3session-token"]);
const UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
const SHA256_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/**
 * S3's presigned URLs, of every store that speaks them.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export const verifySigV4: Verifier = async (url, material, { now }) => {
  const { raw } = url;
  const claims = readV4Claims(raw, AWS, now);
  if (typeof claims === "string") return claims;
  const payload = payloadOf(raw.parameters);
  if (payload === null) return "invalid";
  const request = requestOf(url, payload);
  const keys = await keysFor(claims, material);
  if (request === null || keys.length === 0) return "unknown";
  if (raw.parameters.some(({ name }) => SESSION_TOKENS.has(name))) return "unknown";
  const text = await stringToSign(claims, request);
  for (const key of keys) if (await isHmacOf(key, text, claims.signature)) return "valid";
  return "invalid";
};

/** What stands for the body, or `null` when no GET without one has it. */
function payloadOf(parameters: readonly RawParameter[]): string | null {
  const given = parameters.find(({ name }) => name === "x-amz-content-sha256")?.value ?? UNSIGNED_PAYLOAD;
  return given === UNSIGNED_PAYLOAD || given === SHA256_OF_NOTHING ? given : null;
}

/**
 * S3 decodes path and query once and encodes them anew, folding nothing else. `null` where stores differ: AWS takes `+` in
 * a path for a space and `%2F` for a slash, others do not; and some sign a path as it is sent, whatever its spelling. In a
 * query `+` is a space to all of them.
 */
function requestOf({ raw }: SignedUrl, payload: string): string | null {
  const path = !/%2f/i.test(raw.path) && uriEncode(raw.path, true) === raw.path ? raw.path : null;
  const parameters = raw.parameters.map((parameter) => ({ ...parameter, raw: parameter.raw.replaceAll("+", "%20") }));
  const query = canonicalQuery(parameters, "X-Amz-Signature");
  return path === null || query === null ? null : canonicalRequest({ host: sentHost(raw), path, query, payload });
}

/** A key of a day counts for its own scope only. A derived key is remembered, so another link of that day costs no more. */
async function keysFor({ keyId, date, region, scope }: V4Claims, material: readonly Material[]): Promise<CryptoKey[]> {
  const keys: CryptoKey[] = [];
  for (const one of material) {
    if (one.kind === "s3-secret" && one.accessKeyId === keyId) {
      keys.push(await remembered(one, scope, () => signingKey(`AWS4${one.secretAccessKey}`, scope)));
    } else if (one.kind === "s3-day-key" && one.accessKeyId === keyId && one.date === date && one.region === region) {
      const key = fromHex(one.key);
      if (key) keys.push(await hmacKey(one, key));
    }
  }
  return keys;
}
