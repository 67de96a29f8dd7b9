import { type Midstate, midstate, sha256 } from "./digest.ts";
import { BLOCK_BYTES } from "./sha256-blocks.ts";

/** A key of HMAC-SHA256 after its first block, inside and outside: half of a short message's work, done once. */
export type HmacKey = { readonly inner: Midstate; readonly outer: Midstate };

/** A key from its bytes, or from its text's UTF-8; any length will do (RFC 2104 section 3). */
export function hmacKey(secret: string | Uint8Array): HmacKey {
  const bytes = typeof secret === "string" ? new TextEncoder().encode(secret) : secret;
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(bytes.length > BLOCK_BYTES ? sha256(bytes) : bytes);
  return { inner: midstate(block.map((byte) => byte ^ 0x36)), outer: midstate(block.map((byte) => byte ^ 0x5c)) };
}

/** HMAC-SHA256 (RFC 2104) of bytes, or of a text's UTF-8. At once; for what is long, see {@link sha256}. */
export function hmacSha256({ inner, outer }: HmacKey, message: string | Uint8Array): Uint8Array<ArrayBuffer> {
  return sha256(sha256(message, inner), outer);
}
