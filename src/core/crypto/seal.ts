import { fromBase64Url, toBase64Url } from "./base64url.ts";
import type { KeyRing, Purpose } from "./key-ring.ts";

/** First byte of every sealed text; another layout gets another number. */
const VERSION = 1;
const HEADER_BYTES = 2;
/** AES-GCM: 96-bit nonce, 128-bit tag (NIST SP 800-38D). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts and authenticates `text`: base64url of version, key id, nonce, AES-256-GCM ciphertext and tag.
 *
 * The nonce is an HMAC of the text and its context rather than random, so the same text gives the same sealed text (that
 * is what lets browsers cache our links) and a nonce only repeats where the whole message does.
 * `context` must be given again to open it: what is sealed for one place opens in no other.
 */
export async function seal(ring: KeyRing, purpose: Purpose, text: string, context = ""): Promise<string> {
  const keys = await ring.keys(ring.current, purpose);
  if (!keys) throw new Error("the key ring lacks its own current key");
  const plain = new TextEncoder().encode(text);
  const header = Uint8Array.of(VERSION, ring.current);
  const additionalData = associate(header, context);
  const mac = await crypto.subtle.sign("HMAC", keys.nonce, join(lengthOf(additionalData), additionalData, plain));
  const iv = new Uint8Array(mac, 0, NONCE_BYTES);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, keys.encrypt, plain);
  return toBase64Url(join(header, iv, new Uint8Array(sealed)));
}

/** The text that was sealed, or `null` for anything forged, cut, re-encoded, of another context or of an unknown key. */
export async function unseal(ring: KeyRing, purpose: Purpose, sealed: string, context = ""): Promise<string | null> {
  const bytes = fromBase64Url(sealed);
  if (!bytes || bytes.length < HEADER_BYTES + NONCE_BYTES + TAG_BYTES || bytes[0] !== VERSION) return null;
  const keys = await ring.keys(bytes[1] ?? -1, purpose);
  if (!keys) return null;
  const header = bytes.subarray(0, HEADER_BYTES);
  const iv = bytes.subarray(HEADER_BYTES, HEADER_BYTES + NONCE_BYTES);
  const cipher = bytes.subarray(HEADER_BYTES + NONCE_BYTES);
  try {
    const additionalData = associate(header, context);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, keys.encrypt, cipher);
    return new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(plain);
  } catch {
    return null;
  }
}

function associate(header: Uint8Array, context: string): Uint8Array<ArrayBuffer> {
  return join(header, new TextEncoder().encode(context));
}

/** The length goes before the context in the nonce's HMAC, so that context and text cannot be shifted into each other. */
function lengthOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, bytes.length);
  return length;
}

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
