import { MAX_STREAMED_BYTES } from "../core/fills/fill-choice.ts";
import { tooLarge } from "../core/fills/storable.ts";
import { wholeLimitMs } from "../core/fills/whole-limit.ts";
import { FillFailed } from "./fill-failed.ts";
import type { FillJob, FillJobParts } from "./fill-job.ts";
import { type Draft, keepParts, type PartsKeeper } from "./keep-parts.ts";
import { bodyReader } from "./read-body.ts";
import { type Piece, readPieces } from "./read-pieces.ts";
import { SPARE_BUFFERS } from "./spare-buffers.ts";
import { PIECE_BYTES, storeWhole } from "./store-whole.ts";
import type { Stored } from "./stored.ts";

/**
 * Stores a body part by part as it comes. One of unknown length that fits a part is put at once: its length is then known.
 * Holds one piece in memory, whatever the length, or one part where that is not known.
 */
export async function storeStream(
  body: ReadableStream<Uint8Array>,
  draft: Draft,
  job: FillJob,
  parts: FillJobParts,
): Promise<Stored> {
  const endsAt = Math.min(job.endsAt, parts.clock.now() + wholeLimitMs(draft.size));
  const reader = bodyReader(body, { idleMs: parts.idleMs, endsAt, now: () => parts.clock.now(), came: job.fetched });
  // A part whose length is known goes to the store piece by piece.
  const pieceBytes = draft.size === null ? draft.partBytes : Math.min(PIECE_BYTES, draft.partBytes);
  const pieces = readPieces(reader, draft.size, pieceBytes, SPARE_BUFFERS);
  const first = await pieces.next();
  if (first.done) return await storeWhole(null, { length: 0, facts: draft, job }, parts);
  const most = Math.min(job.tenant.fill.maxObjectBytes ?? MAX_STREAMED_BYTES, MAX_STREAMED_BYTES);
  if (first.value.last && draft.size === null) return await storePiece(first.value, most, draft, job, parts);
  let keeper: PartsKeeper;
  try {
    keeper = await keepParts(job, draft, parts);
  } catch (error) {
    await pieces.return();
    throw error;
  }
  let size = 0;
  try {
    for (let piece: IteratorResult<Piece, void> = first; !piece.done; piece = await pieces.next()) {
      size += piece.value.bytes.length;
      if (draft.size === null && size > most) throw new FillFailed(tooLarge(most));
      await keeper.keep(piece.value.bytes);
    }
    return await keeper.end();
  } catch (error) {
    await keeper.abort();
    throw error;
  } finally {
    await pieces.return();
  }
}

async function storePiece(
  { bytes }: Piece,
  most: number,
  draft: Draft,
  job: FillJob,
  parts: FillJobParts,
): Promise<Stored> {
  if (bytes.length > most) throw new FillFailed(tooLarge(most));
  // The origin's part in it has been counted.
  const counted = { ...job, fetched: () => {} };
  return await storeWhole(new Blob([bytes]).stream(), { length: bytes.length, facts: draft, job: counted }, parts);
}
