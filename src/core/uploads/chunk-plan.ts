const MIB = 2 ** 20;

/** R2 and S3 take parts of 5 MiB to 5 GiB, 10,000 at most: https://developers.cloudflare.com/r2/platform/limits/ */
export const MIN_CHUNK_BYTES = 5 * MIB;
export const MAX_CHUNK_BYTES = 5 * 1024 * MIB;
export const MAX_CHUNKS = 10_000;

/** How many missing chunks an answer names. */
export const MISSING_SHOWN = 100;

/** What a session's chunks are cut by. All are equal but the last, as R2 wants the parts that they become. */
export type ChunkPlan = { readonly size: number; readonly chunkBytes: number };

/**
 * Bytes of each chunk but the last of a file of `size` bytes: as many as are `wanted`, within what a part may have, and
 * more where there would be too many parts, in whole MiB. `size` is at most what 10,000 of the largest hold.
 */
export function chunkBytesFor(size: number, wanted: number): number {
  const allowed = Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, Math.floor(wanted)));
  if (Math.ceil(size / allowed) <= MAX_CHUNKS) return allowed;
  return Math.min(MAX_CHUNK_BYTES, Math.ceil(size / MAX_CHUNKS / MIB) * MIB);
}

/** An empty file has none. */
export function chunkCount({ size, chunkBytes }: ChunkPlan): number {
  return Math.ceil(size / chunkBytes);
}

/** Bytes of the chunk of this index, from 0; `null`: there is none. */
export function bytesOfChunk(plan: ChunkPlan, index: number): number | null {
  if (!Number.isInteger(index) || index < 0 || index >= chunkCount(plan)) return null;
  return Math.min(plan.chunkBytes, plan.size - index * plan.chunkBytes);
}

/** The store counts parts from 1. */
export function partNumberOf(index: number): number {
  return index + 1;
}

/** Which chunks are not there: how many, and the first of them. */
export function missingChunks(plan: ChunkPlan, present: Iterable<number>, shown = MISSING_SHOWN) {
  const there = new Set(present);
  const missing: number[] = [];
  let count = 0;
  for (let index = 0; index < chunkCount(plan); index += 1) {
    if (there.has(index)) continue;
    count += 1;
    if (missing.length < shown) missing.push(index);
  }
  return { count, first: missing };
}
