import { DER, readDerList } from "./der.ts";

/** Bytes of each of the two numbers of a signature on P-256. */
const NUMBER_BYTES = 32;

/**
 * The signature in the form that Web Crypto verifies (r and s, 32 bytes each), of the DER that OpenSSL and CloudFront
 * write (RFC 3279 section 2.2.3). `null` for anything else, a second encoding of the same numbers included.
 */
export function rawEcdsaSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const [sequence, ...rest] = readDerList(der) ?? [];
  if (sequence?.tag !== DER.sequence || rest.length > 0) return null;
  const numbers = readDerList(sequence.content);
  if (numbers?.length !== 2) return null;
  const raw = new Uint8Array(2 * NUMBER_BYTES);
  for (const [place, { tag, content }] of numbers.entries()) {
    const number = content[0] === 0 && content.length > 1 ? content.subarray(1) : content;
    const signBit = (number[0] ?? 0) >= 0x80;
    // A zero in front belongs there exactly when the number would read as negative without it.
    const shortest = content.length > 0 && (number === content ? !signBit : signBit);
    if (tag !== DER.integer || !shortest || number.length > NUMBER_BYTES) return null;
    raw.set(number, (place + 1) * NUMBER_BYTES - number.length);
  }
  return raw;
}
