import type { Copy, Failure } from "../entry.ts";

/**
 * What is wrong with a copy under a key in the form of a SHA-256 in hex; `null`: nothing. Such a key promises what the
 * bytes are, to whoever asks for it without a URL.
 */
export function brokenPromise(publicKey: string, { sha256 }: Copy): Failure | null {
  if (!/^[0-9a-f]{64}$/i.test(publicKey) || publicKey.toLowerCase() === sha256) return null;
  return { code: "DIGEST_MISMATCH", message: `The key is a SHA-256, and the bytes have another: ${sha256}.` };
}
