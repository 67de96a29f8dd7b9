import { SnapbyteError } from "../../core/errors.ts";
import { bytesOfChunk, chunkCount, partNumberOf } from "../../core/uploads/chunk-plan.ts";
import type { ChunkDigests } from "../../core/uploads/declared-digest.ts";
import { isOpen, type UploadName, type UploadSession } from "../../core/uploads/upload-session.ts";
import { UploadGone } from "../../ports/object-store.ts";
import { storeChunk, wrongSize } from "./store-chunk.ts";
import { atDatabase, findUpload, multipartOf, type UploadParts } from "./upload-parts.ts";

/** A chunk as it comes. */
export type ChunkSent = {
  /** From 0. */
  readonly index: number;
  readonly body: ReadableStream<Uint8Array> | null;
  /** What the request says it has, in bytes; `null`: it does not say. */
  readonly length: number | null;
  readonly declared: ChunkDigests;
};

export type TakeChunkParts = Pick<UploadParts, "uploads" | "store" | "startHash" | "idleMs" | "clock" | "report">;

/**
 * Takes a chunk, streamed to the store. Throws 404 for an unknown session, 409 for one that has ended, 400 for an index
 * out of range, a wrong size or a wrong digest, all of which leave the session as it was; 502 when database or store fail,
 * and then the same chunk may be sent again. Nothing is read of a body whose length shows that it is wrong.
 */
export async function takeChunk(name: UploadName, sent: ChunkSent, parts: TakeChunkParts): Promise<void> {
  const session = await atDatabase(parts.uploads.findForChunk(name, sent.index), parts);
  if (!session) throw new SnapbyteError("UPLOAD_NOT_FOUND");
  const bytes = expectedBytes(session, sent, parts.clock.now());
  const upload = multipartOf(session, parts);
  if (!upload) throw new SnapbyteError("INVALID_FIELD", "X-Chunk-Index: an empty file has no chunks.");
  const writer = upload.partWriter(partNumberOf(sent.index), bytes);
  try {
    const stored = await storeChunk(writer, { ...sent, bytes }, parts);
    const kept = await atDatabase(
      parts.uploads.keepChunk(name, { index: sent.index, bytes, ...stored }, parts.clock.now()),
      parts,
    );
    if (!kept) throw new SnapbyteError("UPLOAD_COMPLETED");
  } catch (error) {
    // Somebody has ended it meanwhile, or is about to: its parts are joined already.
    if (error instanceof UploadGone) throw await goneMeanwhile(name, error, parts);
    throw error;
  }
}

/** Bytes that this chunk must have. */
function expectedBytes(session: UploadSession, { index, length }: ChunkSent, now: number): number {
  if (session.kind !== "chunks") {
    throw new SnapbyteError("INVALID_FIELD", "X-Upload-Id: the chunks of this upload are not sent here.");
  }
  if (!isOpen(session, now)) throw new SnapbyteError("UPLOAD_COMPLETED");
  const bytes = bytesOfChunk(session, index);
  if (bytes === null) {
    throw new SnapbyteError("INVALID_FIELD", `X-Chunk-Index: must be 0 to ${chunkCount(session) - 1}.`);
  }
  if (length !== null && length !== bytes) throw wrongSize(index, bytes);
  return bytes;
}

async function goneMeanwhile(name: UploadName, cause: UploadGone, parts: TakeChunkParts): Promise<SnapbyteError> {
  const session = await findUpload(name, parts);
  if (isOpen(session, parts.clock.now())) parts.report("uploads", cause);
  return new SnapbyteError("UPLOAD_COMPLETED", undefined, { cause });
}
