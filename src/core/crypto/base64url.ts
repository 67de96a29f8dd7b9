import { bytesOf, toBase64 } from "./base64.ts";

/** Base64url without padding (RFC 4648 section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Groups of four characters, and of the last one or two bytes a spelling whose unused bits are zero. */
const CANONICAL = /^(?:[\w-]{4})*(?:[\w-][AQgw]|[\w-]{2}[AEIMQUYcgkosw048])?$/;

/** The bytes of base64url text without padding, or `null` when it is anything else, non-canonical forms included. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  return CANONICAL.test(text) ? bytesOf(atob(text.replaceAll("-", "+").replaceAll("_", "/"))) : null;
}
