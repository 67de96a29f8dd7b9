import { bytesOf, toBase64 } from "./base64.ts";

/** Base64url without padding (RFC 4648 section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The bytes of base64url text without padding, or `null` when it is anything else, non-canonical forms included. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const bytes = bytesOf(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
  return toBase64Url(bytes) === text ? bytes : null;
}
