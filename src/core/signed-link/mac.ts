import { fromBase64Url, toBase64Url } from "../crypto/base64url.ts";

const ALGORITHM = { name: "HMAC", hash: "SHA-256" } as const;
/** Imported keys that an isolate remembers: importing one costs more than a signature. */
const REMEMBERED_KEYS = 1000;

const remembered = new Map<string, CryptoKey>();

/** HMAC-SHA256 (RFC 2104) of the text's UTF-8, keyed with the key's own text, in base64url without padding. */
export async function macOf(key: string, text: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.sign("HMAC", await imported(key), bytesOf(text))));
}

/** Whether `mac` is {@link macOf} the text. `verify` takes the same time wherever two signatures begin to differ. */
export async function isMacOf(mac: string, key: string, text: string): Promise<boolean> {
  const bytes = fromBase64Url(mac);
  return bytes !== null && (await crypto.subtle.verify("HMAC", await imported(key), bytes, bytesOf(text)));
}

async function imported(key: string): Promise<CryptoKey> {
  const known = remembered.get(key);
  if (known) return known;
  const fresh = await crypto.subtle.importKey("raw", bytesOf(key), ALGORITHM, false, ["sign", "verify"]);
  remembered.set(key, fresh);
  const [oldest] = remembered.keys();
  if (remembered.size > REMEMBERED_KEYS && oldest !== undefined) remembered.delete(oldest);
  return fresh;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}
