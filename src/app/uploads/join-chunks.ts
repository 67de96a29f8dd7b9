import { SnapbyteError } from "../../core/errors.ts";
import { MISSING_SHOWN, partNumberOf } from "../../core/uploads/chunk-plan.ts";
import { uploadKey } from "../../core/uploads/upload-path.ts";
import type { UploadChunk, UploadSession } from "../../core/uploads/upload-session.ts";
import { UploadGone } from "../../ports/object-store.ts";
import { incomplete } from "./complete-upload.ts";
import { uploadHeaders } from "./upload-headers.ts";
import { atDatabase, atStore, multipartOf, storeOf, type UploadParts } from "./upload-parts.ts";

export type JoinParts = Pick<UploadParts, "uploads" | "store" | "direct" | "clock" | "report">;

/**
 * Makes a file of a session's chunks, which are all noted. One that another call has joined already is left as it is.
 * Where the store has another chunk than was noted, since somebody sent it again and their last word got lost, throws 409
 * naming those that must be sent once more. Throws 409 for a session whose bytes the store has let go of.
 */
export async function joinChunks(
  session: UploadSession,
  chunks: readonly UploadChunk[],
  parts: JoinParts,
): Promise<void> {
  const upload = multipartOf(session, parts);
  const named = chunks.map(({ index, etag }) => ({ number: partNumberOf(index), etag }));
  const joined = upload ? upload.complete(named) : putEmpty(session, parts);
  try {
    await joined;
  } catch (error) {
    const head = await atStore(storeOf(session, parts).head(uploadKey(session)), parts);
    if (head?.size === session.size) return;
    if (!(error instanceof UploadGone)) await atStore(Promise.reject(error), parts);
    throw await lost(session, error, parts);
  }
}

async function lost(session: UploadSession, cause: unknown, parts: JoinParts): Promise<SnapbyteError> {
  const doubtful = await atDatabase(parts.uploads.forgetDoubtful(session), parts);
  if (doubtful.length > 0) return incomplete(doubtful.length, doubtful.slice(0, MISSING_SHOWN));
  // It was cancelled meanwhile, or the store has let go of it: no chunk that is sent again could help.
  await atDatabase(parts.uploads.end(session, { status: "expired" }, parts.clock.now()), parts);
  return new SnapbyteError("UPLOAD_COMPLETED", "This upload has ended: the store has no bytes of it.", { cause });
}

async function putEmpty(session: UploadSession, parts: JoinParts): Promise<void> {
  await storeOf(session, parts).put(uploadKey(session), new Uint8Array(), uploadHeaders(session));
}
