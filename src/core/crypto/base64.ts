import type { NativeBytes } from "./native-bytes.ts";

/** Base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: NativeBytes): string {
  return bytes.toBase64?.() ?? btoa(binaryOf(bytes));
}

/** The bytes of the one canonical base64 of theirs; `null` for any other text, a second spelling included. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return null;
  const binary = atob(text);
  return btoa(binary) === text ? bytesOf(binary) : null;
}

/** One byte for each character. */
export function bytesOf(binary: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

function binaryOf(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return binary;
}
