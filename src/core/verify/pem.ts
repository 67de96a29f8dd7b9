import { fromBase64, toBase64 } from "../crypto/base64.ts";
import { toHex } from "../crypto/hex.ts";
import { DER, readDerList, writeDer } from "./der.ts";
import type { HmacHash } from "./hmac.ts";

/** A public key as `SubjectPublicKeyInfo` (RFC 5280 section 4.1.2.7), which is what Web Crypto imports. */
export type PublicKey = { readonly type: "rsa" | "p256"; readonly spki: Uint8Array<ArrayBuffer> };

export type PublicKeyProblem = "not a public key in PEM" | "a private key" | "a certificate" | "of the wrong curve";

const PEM = /^\s*-----BEGIN ([A-Z ]+)-----\s+([A-Za-z0-9+/=\s]+)-----END \1-----\s*$/;

const RSA_ENCRYPTION = "2a864886f70d010101";
const EC_PUBLIC_KEY = "2a8648ce3d0201";
const P256 = "2a8648ce3d030107";

/** Reads PEM of one public key (RFC 7468: `PUBLIC KEY`, or `RSA PUBLIC KEY` of PKCS#1), or says what it is instead. */
export function readPublicKey(pem: string): PublicKey | PublicKeyProblem {
  if (pem.includes("PRIVATE KEY-----")) return "a private key";
  const [, label, base64 = ""] = PEM.exec(pem) ?? [];
  if (label === "CERTIFICATE") return "a certificate";
  const der = fromBase64(base64.replace(/\s/g, ""));
  if (!der?.length || (label !== "PUBLIC KEY" && label !== "RSA PUBLIC KEY")) return "not a public key in PEM";
  return readSpki(label === "PUBLIC KEY" ? der : spkiOfPkcs1(der));
}

/** The key as the one PEM in which we keep keys. */
export function pemOf({ spki }: PublicKey): string {
  const lines = toBase64(spki).match(/.{1,64}/g) ?? [];
  return ["-----BEGIN PUBLIC KEY-----", ...lines, "-----END PUBLIC KEY-----", ""].join("\n");
}

/** A key for `verify`. Rejects when the numbers in it are no key. */
export async function importPublicKey({ type, spki }: PublicKey, hash: HmacHash): Promise<CryptoKey> {
  const algorithm = type === "rsa" ? { name: "RSASSA-PKCS1-v1_5", hash } : { name: "ECDSA", namedCurve: "P-256" };
  return await crypto.subtle.importKey("spki", spki, algorithm, true, ["verify"]);
}

function readSpki(spki: Uint8Array<ArrayBuffer>): PublicKey | PublicKeyProblem {
  const [whole, ...behind] = readDerList(spki) ?? [];
  const [algorithm, key] = (whole?.tag === DER.sequence && readDerList(whole.content)) || [];
  const [id, parameters] = (algorithm?.tag === DER.sequence && readDerList(algorithm.content)) || [];
  if (behind.length > 0 || key?.tag !== DER.bitString || id?.tag !== DER.objectId) return "not a public key in PEM";
  const name = toHex(id.content);
  if (name === RSA_ENCRYPTION) return { type: "rsa", spki };
  if (name !== EC_PUBLIC_KEY) return "not a public key in PEM";
  return parameters && toHex(parameters.content) === P256 ? { type: "p256", spki } : "of the wrong curve";
}

function spkiOfPkcs1(key: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const id = writeDer(
    DER.objectId,
    Uint8Array.from(RSA_ENCRYPTION.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16)),
  );
  const none = Uint8Array.of(0x05, 0x00);
  return writeDer(DER.sequence, writeDer(DER.sequence, id, none), writeDer(DER.bitString, Uint8Array.of(0), key));
}
