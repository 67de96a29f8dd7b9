import { SnapbyteError } from "../../core/errors.ts";
import { checkChunkDigests } from "../../core/uploads/declared-digest.ts";
import type { UploadChunk } from "../../core/uploads/upload-session.ts";
import { type ObjectWriter, UploadGone } from "../../ports/object-store.ts";
import { bodyReader, Stalled } from "../read-body.ts";
import { readPieces, WrongLength } from "../read-pieces.ts";
import { startDigests } from "../running-digests.ts";
import type { ChunkSent } from "./take-chunk.ts";
import { atStore, type UploadParts } from "./upload-parts.ts";

/** Bytes that a chunk holds in memory: a hundred that come at once hold 25 MiB of an isolate's 128 MB. */
const PIECE_BYTES = 2 ** 18;

type Digests = ReturnType<typeof startDigests>;

/**
 * Streams a chunk into a part, piece by piece, and hashes it on the way. The part is only ended when its digest is the one
 * that was declared, so a wrong one leaves nothing behind, nor takes the place of what was there. Throws 400 for a wrong
 * size or digest, and for a body that stops; 502 for the store; `UploadGone` as the store does.
 */
export async function storeChunk(
  writer: ObjectWriter<string>,
  { index, body, bytes, declared }: ChunkSent & { readonly bytes: number },
  parts: Pick<UploadParts, "startHash" | "idleMs" | "report">,
): Promise<Pick<UploadChunk, "etag" | "sha256">> {
  const digests = startDigests(new Set(declared.md5 === undefined ? ["sha256"] : ["sha256", "md5"]), parts.startHash);
  try {
    if (!body) throw wrongSize(index, bytes);
    const pieces = readPieces(bodyReader(body, parts), bytes, PIECE_BYTES);
    const actual = await passOn(pieces, writer, digests, parts);
    checkChunkDigests(declared, actual);
    return { etag: await stored(writer.end(), parts), sha256: actual.sha256 ?? null };
  } catch (error) {
    await writer.abort();
    if (error instanceof WrongLength) throw wrongSize(index, bytes);
    if (error instanceof SnapbyteError || error instanceof UploadGone) throw error;
    const why = error instanceof Stalled ? "stopped coming" : "broke off";
    throw new SnapbyteError("INVALID_FIELD", `The body: chunk ${index} ${why}; send it again.`, { cause: error });
  }
}

async function passOn(
  pieces: ReturnType<typeof readPieces>,
  writer: ObjectWriter<string>,
  digests: Digests,
  parts: Pick<UploadParts, "report">,
) {
  for await (const { bytes } of pieces) {
    await Promise.all([stored(writer.write(bytes), parts), digests.update(bytes)]);
  }
  return await digests.digest();
}

/** As {@link atStore}, but for an upload that is gone: that is for the caller to know. */
async function stored<Value>(work: Promise<Value>, parts: Pick<UploadParts, "report">): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof UploadGone) throw error;
    return await atStore(Promise.reject(error), parts);
  }
}

export function wrongSize(index: number, bytes: number): SnapbyteError {
  return new SnapbyteError("INVALID_FIELD", `The body: chunk ${index} must have exactly ${bytes} bytes.`);
}
