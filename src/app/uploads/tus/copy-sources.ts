import { bytesOfChunk, partNumberOf } from "../../../core/uploads/chunk-plan.ts";
import { uploadKey } from "../../../core/uploads/upload-path.ts";
import type { UploadChunk, UploadSession } from "../../../core/uploads/upload-session.ts";
import type { MultipartUpload, ObjectWriter } from "../../../ports/object-store.ts";
import { bodyReader } from "../../read-body.ts";
import { type Bytes, readPieces } from "../../read-pieces.ts";
import { multipartOf } from "../upload-parts.ts";
import type { TusParts } from "./tus-parts.ts";

/** Bytes that are read and handed on at a time, and all that is held. */
const PIECE_BYTES = 2 ** 20;

type CopyParts = Pick<TusParts, "store" | "idleMs">;
/** A part that is being written, and how many bytes it lacks. */
type OpenPart = { readonly index: number; readonly writer: ObjectWriter<string>; left: number };

/**
 * Copies the files of `sources`, one behind the other, into the parts of `session`, and returns these. Rejects as the store
 * does, and where a source has other bytes than were noted; then nothing is left but parts that nobody names.
 */
export async function copySources(
  sources: readonly UploadSession[],
  session: UploadSession,
  parts: CopyParts,
): Promise<readonly UploadChunk[]> {
  const upload = multipartOf(session, parts);
  const chunks: UploadChunk[] = [];
  if (!upload) return chunks;
  let part: OpenPart | null = null;
  try {
    for await (const bytes of bytesOf(sources, parts)) {
      for (let rest = bytes; rest.length > 0; ) {
        part ??= openPart(session, upload, chunks.length);
        const now = rest.subarray(0, part.left);
        await part.writer.write(now);
        part.left -= now.length;
        rest = rest.subarray(now.length);
        if (part.left > 0) continue;
        const { index, writer } = part;
        const etag = await writer.end();
        chunks.push({ index, etag, bytes: bytesOfChunk(session, index) ?? 0, sha256: null });
        part = null;
      }
    }
    return chunks;
  } finally {
    await part?.writer.abort();
  }
}

function openPart(session: UploadSession, upload: MultipartUpload, index: number): OpenPart {
  const left = bytesOfChunk(session, index);
  if (left === null) throw new Error("the sources have more bytes than were noted");
  return { index, writer: upload.partWriter(partNumberOf(index), left), left };
}

/** Each piece is good until the next is asked for. */
async function* bytesOf(sources: readonly UploadSession[], { store, idleMs }: CopyParts): AsyncGenerator<Bytes> {
  for (const source of sources) {
    const object = await store.get(uploadKey(source), null);
    if (!object) throw new Error("the store has lost a part of an upload");
    const pieces = readPieces(bodyReader(object.body, { idleMs }), source.size, PIECE_BYTES);
    for await (const { bytes } of pieces) yield bytes;
  }
}
