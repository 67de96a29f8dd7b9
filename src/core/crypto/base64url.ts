import { bytesOf, toBase64 } from "./base64.ts";
import { NativeBytes } from "./native-bytes.ts";

/** Base64url without padding (RFC 4648 section 5). */
export function toBase64Url(bytes: NativeBytes): string {
  return bytes.toBase64?.({ alphabet: "base64url", omitPadding: true }) ?? urlSafe(toBase64(bytes));
}

/** Of a last group of two or three characters, those in the last place whose unused bits are zero. */
const LAST_OF: Readonly<Record<number, string>> = { 2: "AQgw", 3: "AEIMQUYcgkosw048" };

/** The bytes of base64url text without padding, or `null` when it is anything else, non-canonical forms included. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  const rest = text.length % 4;
  const canonical = rest === 0 || (LAST_OF[rest]?.includes(text.charAt(text.length - 1)) ?? false);
  if (!canonical || !/^[\w-]*$/.test(text)) return null;
  const bytes = NativeBytes.fromBase64?.(text, { alphabet: "base64url" });
  return bytes ?? bytesOf(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
