import { fromBase64 } from "../crypto/base64.ts";
import { toHex } from "../crypto/hex.ts";
import { SnapbyteError } from "../errors.ts";

/** What a client says that a chunk's bytes have, in hex; absent: it says nothing. */
export type ChunkDigests = { readonly md5?: string; readonly sha256?: string };

/**
 * Reads `Content-MD5` (base64, RFC 1864) and `X-Chunk-SHA256` (hex); `null`: the field is not there. Throws 400 naming the
 * one that is neither.
 */
export function readChunkDigests(md5: string | null, sha256: string | null): ChunkDigests {
  const md5Hex = md5 === null ? null : md5Of(md5.trim());
  const sha256Hex = sha256 === null ? null : sha256.trim().toLowerCase();
  if (sha256Hex !== null && !/^[0-9a-f]{64}$/.test(sha256Hex)) {
    throw new SnapbyteError("INVALID_FIELD", "X-Chunk-SHA256: must be 64 hexadecimal digits.");
  }
  return { ...(md5Hex !== null && { md5: md5Hex }), ...(sha256Hex !== null && { sha256: sha256Hex }) };
}

/** Throws 400 naming the field whose digest is not that of the bytes. */
export function checkChunkDigests(declared: ChunkDigests, actual: { md5?: string; sha256?: string }): void {
  for (const [name, field] of [
    ["md5", "Content-MD5"],
    ["sha256", "X-Chunk-SHA256"],
  ] as const) {
    if (declared[name] !== undefined && declared[name] !== actual[name]) {
      throw new SnapbyteError("INVALID_FIELD", `${field}: the chunk has another digest; nothing of it was kept.`);
    }
  }
}

function md5Of(text: string): string {
  const bytes = fromBase64(text);
  if (bytes?.length !== 16) throw new SnapbyteError("INVALID_FIELD", "Content-MD5: must be base64 of 16 bytes.");
  return toHex(bytes);
}
