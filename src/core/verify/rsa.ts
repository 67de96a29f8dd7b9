import { importPublicKey, readPublicKey } from "./pem.ts";

/** RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017 section 8.2), with which Google's service accounts sign. */
const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };

/** Rejects for what is no RSA key in PEM. */
export async function rsaKeyOfPem(pem: string): Promise<CryptoKey> {
  const key = readPublicKey(pem);
  if (typeof key === "string" || key.type !== "rsa") throw new Error("not a public RSA key in PEM");
  return await importPublicKey(key, "SHA-256");
}

/** Of a JWK only the numbers count: what else stands in it could forbid the use that we have for it. */
export async function rsaKeyOfJwk({ kty = "", n = "", e = "" }: JsonWebKey): Promise<CryptoKey> {
  return await crypto.subtle.importKey("jwk", { kty, n, e }, ALGORITHM, false, ["verify"]);
}

export async function isRsaSignature(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>, text: string): Promise<boolean> {
  return await crypto.subtle.verify(ALGORITHM.name, key, bytes, new Uint8Array(new TextEncoder().encode(text)));
}
