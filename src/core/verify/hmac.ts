import { remembered } from "./remembered.ts";

export type HmacHash = "SHA-1" | "SHA-256";

type Bytes = Uint8Array<ArrayBuffer>;

/** HMAC (RFC 2104) of a message; text counts as its UTF-8. */
export async function hmac(key: CryptoKey, message: string | Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytesOf(message)));
}

/** The key of a registered secret: imported once for each `owner`, the material that holds the secret, and hash. */
export function hmacKey(owner: object, secret: string | Bytes, hash: HmacHash = "SHA-256"): Promise<CryptoKey> {
  return remembered(owner, `HMAC ${hash}`, () => importHmacKey(secret, hash));
}

/** Rejects for an empty secret: Web Crypto has no such key. */
export function importHmacKey(secret: string | Bytes, hash: HmacHash = "SHA-256"): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", bytesOf(secret), { name: "HMAC", hash }, false, ["sign"]);
}

function bytesOf(message: string | Bytes): Bytes {
  return typeof message === "string" ? new Uint8Array(new TextEncoder().encode(message)) : message;
}
