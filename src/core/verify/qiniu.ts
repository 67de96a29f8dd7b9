import { toBase64 } from "../crypto/base64.ts";
import { hasDotSegments } from "../origin-url/percent-encoding.ts";
import { sameText } from "./constant-time.ts";
import { isBeforeEpoch } from "./epoch-expiry.ts";
import { hmac, hmacKey } from "./hmac.ts";
import { plainParameters } from "./plain-parameters.ts";
import { sentUrl } from "./sent-url.ts";
import type { Verifier } from "./verifier.ts";

/**
 * Qiniu's download tokens: `key:signature`, an HMAC-SHA1 over the whole URL before them, in base64 of URLs with padding.
 * The token is the last parameter: of one that follows we cannot tell whether it is signed.
 */
export const verifyQiniu: Verifier = async ({ raw }, material, { now }) => {
  const given = plainParameters(raw.parameters, ["e", "token"]);
  const [, keyId, signature = ""] = /^([^:]+):([^:]+)$/.exec(given?.get("token") ?? "") ?? [];
  const key = material.find((one) => one.kind === "qiniu" && one.accessKey === keyId);
  const isLast = raw.parameters.at(-1)?.name === "token";
  if (!given || key?.kind !== "qiniu" || !isLast || hasDotSegments(raw.path)) return "unknown";
  if (!isBeforeEpoch(given.get("e") ?? "", now)) return "invalid";
  const signed = sentUrl(raw, raw.parameters.slice(0, -1));
  const digest = await hmac(await hmacKey(key, key.secretKey, "SHA-1"), signed);
  const expected = toBase64(digest).replaceAll("+", "-").replaceAll("/", "_");
  return sameText(expected, signature) ? "valid" : "invalid";
};
