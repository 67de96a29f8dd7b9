import type { Material, SignatureVerdict } from "./material.ts";
import { remembered } from "./remembered.ts";
import { isRsaSignature, rsaKeyOfJwk, rsaKeyOfPem } from "./rsa.ts";
import type { Circumstances } from "./verifier.ts";

/** An account has several keys and signs with one of them for weeks; each that is tried costs as much as the whole rest. */
const lastFitting = new WeakMap<Material, CryptoKey>();

/**
 * Whether a service account made the signature. Only an account that the tenant registered counts, whatever a URL names.
 * `unknown` where none of Google's published keys fits: one that was rotated out of the list may still be good.
 */
export async function signedByAccount(
  email: string,
  signature: Uint8Array<ArrayBuffer>,
  text: string,
  material: readonly Material[],
  { accountKeys }: Pick<Circumstances, "accountKeys">,
): Promise<SignatureVerdict> {
  const account = material.find((one) => one.kind === "gcs-account" && one.email === email);
  if (account?.kind !== "gcs-account") return "unknown";
  const { publicKeys } = account;
  const published = publicKeys === null ? await accountKeys(email) : [];
  if (published === null) return "unknown";
  const keys = [
    ...(publicKeys ?? []).map((pem) => remembered(account, pem, () => rsaKeyOfPem(pem))),
    ...published.map((jwk) => remembered(jwk, "RSA", () => rsaKeyOfJwk(jwk))),
  ];
  const last = lastFitting.get(account);
  const ordered = (await Promise.all(keys)).sort((one, other) => Number(other === last) - Number(one === last));
  for (const key of ordered) {
    if (!(await isRsaSignature(key, signature, text))) continue;
    lastFitting.set(account, key);
    return "valid";
  }
  return publicKeys === null ? "unknown" : "invalid";
}
