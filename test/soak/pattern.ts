import { createCipheriv } from "node:crypto";

/**
 * Bytes of objects that are kept nowhere: made of the version of an object and an offset, so that any range of terabytes
 * costs what it takes to copy it. Every chunk bears its version and its number: bytes of another version, or of another
 * place of the same one, are never the right ones.
 */
export const CHUNK_BYTES = 64 * 1024;

/** Chunks that differ in more than their first bytes. */
const KINDS = 64;
const noise = createCipheriv("aes-128-ctr", Buffer.alloc(16, 1), Buffer.alloc(16)).update(
  Buffer.alloc(KINDS * CHUNK_BYTES),
);

/** A chunk of a version, counted from 0: a buffer of its own. */
export function chunkOf(version: number, number: number): Buffer {
  const start = (number % KINDS) * CHUNK_BYTES;
  const chunk = Buffer.from(noise.subarray(start, start + CHUNK_BYTES));
  chunk.writeDoubleBE(version, 0);
  chunk.writeDoubleBE(number, 8);
  return chunk;
}

/** The bytes from `first` to before `end`, in pieces of at most a chunk. */
export function* patternBytes(version: number, first: number, end: number): Generator<Buffer> {
  for (let at = first; at < end; ) {
    const number = Math.floor(at / CHUNK_BYTES);
    const from = at - number * CHUNK_BYTES;
    const piece = chunkOf(version, number).subarray(from, Math.min(CHUNK_BYTES, from + end - at));
    yield piece;
    at += piece.length;
  }
}

/** Says where a body that comes in pieces is not what it should be. */
export type Comparison = {
  add(bytes: Uint8Array): void;
  /** The offset of the first piece in which something was wrong; `null`: nothing was. */
  wrongAt(): number | null;
  bytes(): number;
};

export function compareTo(version: number): Comparison {
  let at = 0;
  let wrongAt: number | null = null;
  return {
    add(bytes) {
      let from = 0;
      for (const piece of patternBytes(version, at, at + bytes.length)) {
        if (wrongAt === null && piece.compare(bytes, from, from + piece.length) !== 0) wrongAt = at + from;
        from += piece.length;
      }
      at += bytes.length;
    },
    wrongAt: () => wrongAt,
    bytes: () => at,
  };
}
