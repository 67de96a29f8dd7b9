import { fromBase64 } from "../crypto/base64.ts";
import { fromHex } from "../crypto/hex.ts";
import { azureTime } from "./azure-time.ts";
import { importHmacKey } from "./hmac.ts";
import type { Material } from "./material.ts";
import { materialOf } from "./material-of.ts";
import { materialInput } from "./material-schema.ts";
import { importPublicKey, pemOf, readPublicKey } from "./pem.ts";

/** Which field is wrong and why; never what was given. */
export type MaterialProblem = { readonly field: string; readonly message: string };

/** Shortest RSA modulus, in bits (NIST SP 800-131A; CloudFront takes no other than this). */
const MIN_RSA_BITS = 2048;
/** Shortest key of Azure's, in bytes; they have 64, those of users who delegate 32. */
const MIN_AZURE_KEY = 16;
const DAY = 24 * 60 * 60 * 1000;

/**
 * Reads verification material from the fields of a call, and imports every key in it the way in which signatures are
 * checked later. Public keys come back in one form of PEM.
 */
export async function checkMaterial(fields: unknown): Promise<Material | MaterialProblem> {
  const parsed = materialInput.safeParse(fields);
  if (parsed.success) return await withCheckedKeys(materialOf(parsed.data));
  const [issue] = parsed.error.issues;
  if (issue?.code === "invalid_union") return { field: "kind", message: "is no kind of verification material" };
  if (issue?.code === "unrecognized_keys")
    return { field: issue.keys.join(", "), message: "is not a field of this kind" };
  const field = issue?.path.join(".") || "body";
  return {
    field,
    message: issue?.code === "invalid_type" ? `must be given, as ${issue.expected}` : `${issue?.message}`,
  };
}

/** Tells people which material it is: whose, by key id, account or hosts. No secret. */
export function materialName(material: Material): string {
  switch (material.kind) {
    case "s3-secret":
    case "oss-secret":
      return material.accessKeyId;
    case "s3-day-key":
      return `${material.accessKeyId}/${material.date}/${material.region}`;
    case "gcs-account":
      return material.email;
    case "gcs-hmac":
      return material.accessId;
    case "cloudfront":
      return material.keyPairId;
    case "azure-account-key":
    case "azure-user-delegation-key":
      return material.account;
    case "bunny":
    case "akamai":
      return material.hosts.join(", ");
    case "qiniu":
      return material.accessKey;
  }
}

/** From when on nothing that the material signed can count, in ms since the epoch; `null`: it has no end. */
export function materialExpiresAt(material: Material): number | null {
  if (material.kind === "azure-user-delegation-key") return azureTime(material.signedExpiry);
  const day = material.kind === "s3-day-key" ? dayOf(material.date) : null;
  // What is signed at the end of the key's day lives seven days more (X-Amz-Expires).
  return day === null ? null : day + 8 * DAY;
}

async function withCheckedKeys(material: Material): Promise<Material | MaterialProblem> {
  switch (material.kind) {
    case "cloudfront": {
      const key = await checkPublicKey(material.publicKey, ["rsa", "p256"]);
      return "pem" in key ? { ...material, publicKey: key.pem } : { field: "public_key", message: key.problem };
    }
    case "gcs-account": {
      const publicKeys: string[] = [];
      for (const [position, given] of (material.publicKeys ?? []).entries()) {
        const key = await checkPublicKey(given, ["rsa"]);
        if ("problem" in key) return { field: `public_keys.${position}`, message: key.problem };
        publicKeys.push(key.pem);
      }
      return { ...material, publicKeys: material.publicKeys && publicKeys };
    }
    case "azure-account-key":
      return (
        (await azureKeyProblem("key", material.key)) ??
        (material.otherKey === null ? null : await azureKeyProblem("other_key", material.otherKey)) ??
        material
      );
    case "azure-user-delegation-key": {
      const [start, expiry] = [azureTime(material.signedStart), azureTime(material.signedExpiry)];
      if (start === null) return { field: "signed_start", message: "is not a time" };
      if (expiry === null || expiry <= start)
        return { field: "signed_expiry", message: "must be a time after the start" };
      return (await azureKeyProblem("value", material.value)) ?? material;
    }
    case "s3-day-key":
      if (dayOf(material.date) === null) return { field: "date", message: "is no day" };
      await importHmacKey(fromHex(material.key) ?? "");
      return material;
    default:
      return material;
  }
}

type CheckedKey = { readonly pem: string } | { readonly problem: string };

async function checkPublicKey(pem: string, types: readonly string[]): Promise<CheckedKey> {
  const read = readPublicKey(pem);
  if (typeof read === "string") return { problem: `is ${read}` };
  if (!types.includes(read.type)) return { problem: "is not an RSA key" };
  const key = await importPublicKey(read, "SHA-256").catch(() => null);
  if (!key) return { problem: "is not a key" };
  const { modulusLength = MIN_RSA_BITS } = key.algorithm as { readonly modulusLength?: number };
  if (modulusLength < MIN_RSA_BITS) return { problem: `is an RSA key of fewer than ${MIN_RSA_BITS} bits` };
  return { pem: pemOf(read) };
}

async function azureKeyProblem(field: string, base64: string): Promise<MaterialProblem | null> {
  const key = fromBase64(base64);
  if (!key) return { field, message: "must be base64" };
  if (key.length < MIN_AZURE_KEY) return { field, message: `must be at least ${MIN_AZURE_KEY} bytes` };
  await importHmacKey(key);
  return null;
}

/** When a day of the form YYYYMMDD begins; `null`: the calendar has no such day. */
function dayOf(date: string): number | null {
  return azureTime(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
}
