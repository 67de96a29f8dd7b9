import { fromBase64 } from "../crypto/base64.ts";
import { hasDotSegments } from "../origin-url/percent-encoding.ts";
import type { RawUrl } from "../origin-url/raw-url.ts";
import { allows, cannedPolicy, readPolicy } from "./cloudfront-policy.ts";
import { rawEcdsaSignature } from "./ecdsa-signature.ts";
import type { HmacHash } from "./hmac.ts";
import type { Material } from "./material.ts";
import { importPublicKey, type PublicKey, readPublicKey } from "./pem.ts";
import { type PlainParameters, plainParameters } from "./plain-parameters.ts";
import { remembered } from "./remembered.ts";
import { sentUrl } from "./sent-url.ts";
import type { Verifier } from "./verifier.ts";

const NAMES = ["Expires", "Policy", "Signature", "Key-Pair-Id", "Hash-Algorithm"];
const OWN = new Set(NAMES.map((name) => name.toLowerCase()));

const HASHES: ReadonlyMap<string | undefined, HmacHash> = new Map([
  [undefined, "SHA-1"],
  ["SHA256", "SHA-256"],
]);

/**
 * CloudFront signed URLs, with canned and with custom policy (AWS, "Use signed URLs"). The registered key pair says who
 * may sign; the signature is of RSA, or of ECDSA as DER, over SHA-1 unless `Hash-Algorithm` asks for SHA-256.
 */
export const verifyCloudFront: Verifier = async ({ raw }, material, { now }) => {
  const given = plainParameters(raw.parameters, NAMES);
  const hash = HASHES.get(given?.get("Hash-Algorithm"));
  if (!given || !hash || hasDotSegments(raw.path)) return "unknown";
  const pair = material.find((one) => one.kind === "cloudfront" && one.keyPairId === given.get("Key-Pair-Id"));
  const key = pair?.kind === "cloudfront" ? await keyOf(pair, hash) : null;
  const policy = policyText(raw, given);
  const granted = policy === null ? null : readPolicy(policy);
  if (!key || policy === null || !granted) return "unknown";
  const signature = signatureOf(given, key.type);
  if (!signature) return "invalid";
  const algorithm = key.type === "rsa" ? "RSASSA-PKCS1-v1_5" : { name: "ECDSA", hash };
  const signed = new Uint8Array(new TextEncoder().encode(policy));
  // The signature first: matching the patterns of a stranger could keep us busy.
  if (!(await crypto.subtle.verify(algorithm, key.key, signature, signed))) return "invalid";
  return allows(granted, ownUrl(raw), now);
};

/** The signed text; `null`: there is none, or it is unclear which of two counts. */
function policyText(raw: RawUrl, given: PlainParameters): string | null {
  const [policy, expires] = [given.get("Policy"), given.get("Expires")];
  if (policy === undefined)
    return /^[1-9]\d{0,9}$/.test(expires ?? "") ? cannedPolicy(ownUrl(raw), expires ?? "") : null;
  const bytes = fromBase64(plainBase64(policy));
  if (!bytes || expires !== undefined) return null;
  const text = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(bytes);
  // Bytes that are no UTF-8 would come back as others than those that were signed.
  return text.includes("\ufffd") ? null : text;
}

/** The URL that a policy speaks of: without CloudFront's own parameters, the others in their places. */
function ownUrl(raw: RawUrl): string {
  return sentUrl(
    raw,
    raw.parameters.filter(({ name }) => !OWN.has(name)),
  );
}

function signatureOf(given: PlainParameters, type: PublicKey["type"]): Uint8Array<ArrayBuffer> | null {
  const bytes = fromBase64(plainBase64(given.get("Signature") ?? ""));
  return bytes && type === "p256" ? rawEcdsaSignature(bytes) : bytes;
}

/** CloudFront writes base64 with `-`, `_` and `~` for `+`, `=` and `/`. */
function plainBase64(text: string): string {
  return /[+=/]/.test(text) ? "not of CloudFront" : text.replaceAll("-", "+").replaceAll("_", "=").replaceAll("~", "/");
}

type ReadyKey = { readonly type: PublicKey["type"]; readonly key: CryptoKey };

/** `null`: what is registered is no key, which `checkMaterial` does not let in. */
function keyOf(pair: Extract<Material, { kind: "cloudfront" }>, hash: HmacHash): Promise<ReadyKey | null> {
  return remembered(pair, `cloudfront ${hash}`, async () => {
    const read = readPublicKey(pair.publicKey);
    if (typeof read === "string") return null;
    const key = await importPublicKey(read, hash).catch(() => null);
    return key && { type: read.type, key };
  });
}
