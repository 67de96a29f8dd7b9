import { SnapbyteError } from "../../../core/errors.ts";
import { bytesOfChunk, chunkCount, partNumberOf } from "../../../core/uploads/chunk-plan.ts";
import type { UploadChunk, UploadSession } from "../../../core/uploads/upload-session.ts";
import type { MultipartUpload } from "../../../ports/object-store.ts";
import type { TusState } from "../../../ports/tus-uploads.ts";
import type { BodyReader } from "../../read-body.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Bytes that are read at a time: what a connection that breaks takes with it at most. */
const STEP_BYTES = 2 ** 18;

/** What came of one body. */
export type Written = {
  /** The bytes behind the last whole part; none when the file is whole. */
  readonly rest: Bytes;
  /** Of the file, the rest included. */
  readonly offset: number;
  /** Why the body did not end as one does; `null`: it did. */
  readonly broken: unknown;
};

export type WriteOptions = {
  readonly storePart: MultipartUpload["uploadPart"];
  readonly reader: BodyReader;
  /** Hears of all bytes, in order; they are good until it settles. */
  readonly heard: (bytes: Bytes) => Promise<void>;
  /** Hears of each part that the store has. */
  readonly stored: (chunk: UploadChunk) => Promise<void>;
};

/**
 * Cuts a body into the equal parts that a store wants, whatever sizes it comes in, and stores each that is whole, the last
 * of the file included. `part`: room for one, and at its beginning what is there already behind the last whole part. Throws
 * 413 for a body with more bytes than the file has left; a body that breaks off is no error.
 */
export async function writeBytes(
  session: UploadSession,
  { parts: done, offset: from, tail }: Pick<TusState, "parts" | "offset" | "tail">,
  part: Bytes,
  { storePart, reader, heard, stored }: WriteOptions,
): Promise<Written> {
  let [filled, index, offset] = [tail?.bytes ?? 0, done, from];
  let step = new ArrayBuffer(Math.min(STEP_BYTES, session.size));

  const store = async () => {
    const bytes = part.subarray(0, filled);
    const etag = await storePart(partNumberOf(index), bytes);
    await stored({ index, etag, bytes: filled, sha256: null });
    index += 1;
    filled = 0;
  };

  let ended = false;
  while (!ended && offset < session.size) {
    const wanted = Math.min(step.byteLength, session.size - offset);
    const read = await reader.fill(new Uint8Array(step, 0, wanted)).catch((error: unknown) => ({ error }));
    if ("error" in read) return { rest: part.subarray(0, filled), offset, broken: read.error };
    await heard(read.view);
    for (let rest = read.view; rest.length > 0; ) {
      const room = (bytesOfChunk(session, index) ?? 0) - filled;
      part.set(rest.subarray(0, room), filled);
      filled += Math.min(room, rest.length);
      rest = rest.subarray(room);
      // The last one waits until it is known that nothing follows.
      if (filled === bytesOfChunk(session, index) && index < chunkCount(session) - 1) await store();
    }
    offset += read.view.length;
    ended = read.ended || read.view.length < wanted;
    step = read.view.buffer;
  }
  if (offset === session.size) {
    if (!ended && !(await reader.atEnd())) throw new SnapbyteError("FILE_TOO_LARGE", "The file has no more bytes.");
    if (filled > 0) await store();
  }
  return { rest: part.subarray(0, filled), offset, broken: null };
}
