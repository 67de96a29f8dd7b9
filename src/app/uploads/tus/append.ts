import { SnapbyteError } from "../../../core/errors.ts";
import type { TusAlgorithm } from "../../../core/uploads/tus/protocol.ts";
import { TusRefusal } from "../../../core/uploads/tus/protocol.ts";
import type { UploadChunk, UploadSession } from "../../../core/uploads/upload-session.ts";
import type { TusState, TusTail } from "../../../ports/tus-uploads.ts";
import { bodyReader } from "../../read-body.ts";
import { atDatabase, atStore, multipartOf } from "../upload-parts.ts";
import { inPlace, locked, type Place } from "./place.ts";
import { dropTail, givePart, putTail, readTail } from "./tail.ts";
import type { TusParts } from "./tus-parts.ts";
import { writeBytes } from "./write-bytes.ts";

/** Bytes that a client sends to the end of what is there. */
export type TusBytes = {
  /** Where they belong. */
  readonly offset: number;
  readonly body: ReadableStream<Uint8Array>;
  /** `null`: the request does not say. */
  readonly length: number | null;
  readonly checksum: { readonly algorithm: TusAlgorithm; readonly hex: string } | null;
};

/**
 * Takes bytes to the end of an open session, and returns how many are there then. A body that breaks off leaves what came
 * of it, unless a checksum was declared for it: then it counts as a whole or not at all. Refuses with 409 what belongs
 * elsewhere, 423 where somebody else goes on writing, 460 for a wrong checksum, 413 for too many bytes, 503 where this isolate has
 * no room for one part more; 502 as everywhere.
 */
export async function appendTus(session: UploadSession, sent: TusBytes, parts: TusParts): Promise<number> {
  return await inPlace(session, parts, async (place) => {
    const state = await atDatabase(parts.tus.find(session), parts);
    if (!state) throw new SnapbyteError("UPLOAD_NOT_FOUND");
    if (sent.offset !== state.offset) throw new TusRefusal("OFFSET_CONFLICT", `Upload-Offset: it is ${state.offset}.`);
    if (sent.length !== null && sent.length > session.size - state.offset) {
      throw new SnapbyteError("FILE_TOO_LARGE", `The file has ${session.size - state.offset} bytes left.`);
    }
    // Who waits for the place holds nothing.
    const release = parts.held.reserve(Math.min(session.chunkBytes, session.size));
    if (!release) throw new SnapbyteError("UNAVAILABLE", "Too much is uploaded here at this moment; try again.");
    try {
      return await write(session, state, sent, place, parts);
    } finally {
      release();
    }
  });
}

async function write(
  session: UploadSession,
  state: TusState,
  sent: TusBytes,
  place: Place,
  parts: TusParts,
): Promise<number> {
  const { tus, clock, startHash } = parts;
  const upload = multipartOf(session, parts);
  if (!upload) return 0;
  const hash = sent.checksum && startHash(sent.checksum.algorithm);
  const waiting: UploadChunk[] = [];
  const keep = async (chunks: readonly UploadChunk[], tail: TusTail | null) => {
    if (!(await atDatabase(tus.keep(session, place.writer(), { chunks, tail }, clock.now()), parts))) throw locked();
  };
  const part = await readTail(session, state.tail, parts);
  const reader = bodyReader(sent.body, { ...parts, came: place.heard });
  const written = await writeBytes(session, state, part, {
    storePart: async (number, bytes) => await place.during(() => atStore(upload.uploadPart(number, bytes), parts)),
    reader,
    heard: async (bytes) => await hash?.update(bytes),
    stored: async (chunk) => void (hash ? waiting.push(chunk) : await keep([chunk], null)),
  }).finally(() => reader.cancel());
  if (hash && sent.checksum) {
    if (written.broken !== null) return state.offset;
    if ((await hash.digest()) !== sent.checksum.hex)
      throw new TusRefusal("CHECKSUM", "The bytes have another checksum.");
  }
  const tail = await place.during(() => putTail(session, state, written, parts));
  if (waiting.length > 0 || written.offset !== state.offset) await keep(waiting, tail);
  if (state.tail && state.tail.key !== tail?.key) await dropTail(state.tail, parts);
  givePart(part);
  return written.offset;
}
