import { sha256 } from "../crypto/digest.ts";
import { toHex } from "../crypto/hex.ts";
import { sameText } from "./constant-time.ts";
import { hmac, importHmacKey } from "./hmac.ts";
import type { V4Claims } from "./v4-claims.ts";

/** The text that is signed: algorithm, time, scope and digest of the canonical request. */
export async function stringToSign(claims: V4Claims, request: string): Promise<string> {
  return `${claims.algorithm}\n${claims.timestamp}\n${claims.scope}\n${toHex(sha256(request))}`;
}

/** The key of one scope: each of its parts is signed with the key that came of the part before it. */
export async function signingKey(secret: string, scope: string): Promise<CryptoKey> {
  let key = await importHmacKey(secret);
  for (const part of scope.split("/")) key = await importHmacKey(await hmac(key, part));
  return key;
}

/** Whether the signature is the key's over `text`, in the lower-case hexadecimal that every store writes. */
export async function isHmacOf(key: CryptoKey, text: string, signature: string): Promise<boolean> {
  return sameText(toHex(await hmac(key, text)), signature);
}
