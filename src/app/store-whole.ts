import { objectKey } from "../core/entry.ts";
import { promisedChecksums } from "../core/fills/promised-digest.ts";
import { wholeLimitMs } from "../core/fills/whole-limit.ts";
import type { Checksums } from "../core/integrity/checksums.ts";
import { chosenChecks } from "../core/integrity/compare.ts";
import type { NativeChecks } from "../ports/object-store.ts";
import { atStore } from "./fill-failed.ts";
import type { FillJob, FillJobParts, SourceFacts } from "./fill-job.ts";
import { newGenerationFor } from "./new-generation.ts";
import { bodyReader } from "./read-body.ts";
import { type Bytes, readPieces } from "./read-pieces.ts";
import { startDigests } from "./running-digests.ts";
import { SPARE_BUFFERS } from "./spare-buffers.ts";
import type { Stored } from "./stored.ts";

/**
 * Bytes that are read, hashed and handed to the store at a time: all that a fill holds in memory. Larger pieces cost as
 * much, smaller ones more (`npm run bench -- fill`): each crosses into the runtime.
 */
export const PIECE_BYTES = 2 * 2 ** 20;

/**
 * Stores a body of exactly `length` bytes in one request to the store, which compares MD5 and SHA-1 by itself. Either all
 * of it is stored or, when this rejects, nothing is there to be read.
 */
export async function storeWhole(
  body: ReadableStream<Uint8Array> | null,
  { length, facts, job }: { readonly length: number; readonly facts: SourceFacts; readonly job: FillJob },
  parts: FillJobParts,
): Promise<Stored> {
  const { store, startHash, idleMs, clock } = parts;
  const generation = newGenerationFor(job, length, parts);
  const name = objectKey(job.key, generation);
  const native = nativeChecks(facts.declared, job.message.publicKey);
  const wanted = chosenChecks(facts.declared).filter((algorithm) => !(algorithm in native));
  const digests = startDigests(new Set(["sha256", ...wanted]), startHash);
  const endsAt = Math.min(job.endsAt, clock.now() + wholeLimitMs(length));
  const reader = bodyReader(body ?? new Blob([]).stream(), {
    idleMs,
    endsAt,
    now: () => clock.now(),
    came: job.fetched,
  });
  let computed: Checksums;
  if (length <= PIECE_BYTES) {
    const pieces = readPieces(reader, length, PIECE_BYTES, SPARE_BUFFERS);
    const piece = await pieces.next();
    try {
      // The only one: that nothing follows it was seen before it came.
      const whole: Bytes = piece.done ? new Uint8Array() : piece.value.bytes;
      const put = atStore(store.put(name, whole, facts.headers, native));
      [computed] = await Promise.all([digests.digest(whole), put]);
    } finally {
      await pieces.return();
    }
  } else {
    const writer = store.writer(name, length, facts.headers, native);
    try {
      for await (const { bytes } of readPieces(reader, length, PIECE_BYTES, SPARE_BUFFERS)) {
        await Promise.all([digests.update(bytes), atStore(writer.write(bytes))]);
      }
      await atStore(writer.end());
      computed = await digests.digest();
    } catch (error) {
      await writer.abort();
      throw error;
    }
  }
  return { ...facts, generation, size: length, computed: { ...native, ...computed }, partsDigest: null };
}

/** What the store compares for us at no cost. SHA-256 is computed here anyway. */
function nativeChecks(declared: Checksums, publicKey: string): NativeChecks {
  const { md5 = declared.md5 } = promisedChecksums(publicKey);
  if (md5 !== undefined) return { md5 };
  return declared.sha1 === undefined ? {} : { sha1: declared.sha1 };
}
