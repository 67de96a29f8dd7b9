import { toBase64Url } from "../crypto/base64url.ts";
import { type HmacKey, hmacKey, hmacSha256 } from "../crypto/hmac.ts";
import { sameText } from "../verify/constant-time.ts";

/** Keys that an isolate remembers, made ready: that is half of the work of a signature. */
const REMEMBERED_KEYS = 1000;

const remembered = new Map<string, HmacKey>();

/** HMAC-SHA256 (RFC 2104) of the text's UTF-8, keyed with the key's own text, in base64url without padding. */
export function macOf(key: string, text: string): string {
  return toBase64Url(hmacSha256(ready(key), text));
}

/** Whether `mac` is {@link macOf} the text. It takes the same time wherever two signatures begin to differ. */
export function isMacOf(mac: string, key: string, text: string): boolean {
  return sameText(mac, macOf(key, text));
}

function ready(key: string): HmacKey {
  const known = remembered.get(key);
  if (known) return known;
  const fresh = hmacKey(key);
  remembered.set(key, fresh);
  const [oldest] = remembered.keys();
  if (remembered.size > REMEMBERED_KEYS && oldest !== undefined) remembered.delete(oldest);
  return fresh;
}
