import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { hmacSha256 } from "./hmac.ts";
import type { KeyRing, Purpose } from "./key-ring.ts";

/** First byte of every sealed text; another layout gets another number. */
const VERSION = 1;
const HEADER_BYTES = 2;
/** AES-GCM: 96-bit nonce, 128-bit tag (NIST SP 800-38D). */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Header, nonce and the first byte of what is sealed: as groups of three, they have a base64 of their own. */
const HEAD_BYTES = HEADER_BYTES + NONCE_BYTES + 1;
/** Before what is associated, in what the nonce is made of: its length, so that nothing moves from one into the other. */
const LENGTH_BYTES = 4;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });
/**
 * Where a text of usual length is put together, and its nonce. Each buffer that is made for Web Crypto costs some 3 µs, to
 * clear it away included, and it copies what it is handed before it returns (Web Cryptography API, section 14.3).
 */
const ROOM = new Uint8Array(16 * 1024);
const IV = new Uint8Array(NONCE_BYTES);
const HEAD = new Uint8Array(HEAD_BYTES);

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
  const { message, additionalData, plain } = messageOf(ring.current, context, text);
  // Not in Web Crypto: its promise would cost as much as the work.
  const nonce = hmacSha256(keys.nonce, message).subarray(0, NONCE_BYTES);
  IV.set(nonce);
  const buffer = await crypto.subtle.encrypt({ name: "AES-GCM", iv: IV, additionalData }, keys.encrypt, plain);
  const sealed = new Uint8Array(buffer);
  // Not before: while this waited, another may have used it.
  HEAD[0] = VERSION;
  HEAD[1] = ring.current;
  HEAD.set(nonce, HEADER_BYTES);
  HEAD[HEAD_BYTES - 1] = sealed[0] as number;
  return toBase64Url(HEAD) + toBase64Url(sealed.subarray(1));
}

type Message = {
  readonly message: Uint8Array<ArrayBuffer>;
  readonly additionalData: Uint8Array<ArrayBuffer>;
  readonly plain: Uint8Array<ArrayBuffer>;
};

/** What the nonce is made of: the length of what is associated, that itself (header and context), and the text. */
function messageOf(keyId: number, context: string, text: string): Message {
  const most = LENGTH_BYTES + HEADER_BYTES + 3 * (context.length + text.length);
  const room = most <= ROOM.length ? ROOM : new Uint8Array(most);
  const start = LENGTH_BYTES + HEADER_BYTES;
  const middle = start + (context === "" ? 0 : encoder.encodeInto(context, room.subarray(start)).written);
  const end = middle + encoder.encodeInto(text, room.subarray(middle)).written;
  const length = middle - LENGTH_BYTES;
  room.set([length >>> 24, length >>> 16, length >>> 8, length, VERSION, keyId]);
  return {
    message: room.subarray(0, end),
    additionalData: room.subarray(LENGTH_BYTES, middle),
    plain: room.subarray(middle, end),
  };
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
    return decoder.decode(plain);
  } catch {
    return null;
  }
}

function associate(header: Uint8Array<ArrayBuffer>, context: string): Uint8Array<ArrayBuffer> {
  return context === "" ? header : join(header, encoder.encode(context));
}

function join(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  let length = 0;
  for (const part of parts) length += part.length;
  const whole = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
