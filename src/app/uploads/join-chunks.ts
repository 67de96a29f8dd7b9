import { SnapbyteError } from "../../core/errors.ts";
import { MISSING_SHOWN, partNumberOf } from "../../core/uploads/chunk-plan.ts";
import { uploadKey } from "../../core/uploads/upload-path.ts";
import type { UploadChunk, UploadSession } from "../../core/uploads/upload-session.ts";
import { PartUnknown, UploadGone } from "../../ports/object-store.ts";
import { clearUpload } from "./clear-upload.ts";
import { checkComplete, incomplete } from "./complete-upload.ts";
import { uploadHeaders } from "./upload-headers.ts";
import { atDatabase, atStore, findUpload, multipartOf, type UploadParts } from "./upload-parts.ts";

export type JoinParts = Pick<UploadParts, "uploads" | "store" | "clock" | "report">;

/**
 * Makes a file of a session's chunks, which are all noted. One that another call has joined already is left as it is.
 * Where the store has another chunk than was noted, since somebody sent it again and their last word got lost, throws 409
 * naming those that must be sent once more, which are all where nobody can say. Throws 409 for a session whose bytes the
 * store has let go of.
 */
export async function joinChunks(
  session: UploadSession,
  chunks: readonly UploadChunk[] | "gone",
  parts: JoinParts,
): Promise<void> {
  const failure = await tryToJoin(session, chunks, parts);
  // Of what came through us every part has the size that it must have.
  if (failure === null && session.kind !== "direct") return;
  const head = await atStore(parts.store.head(uploadKey(session)), parts);
  if (head?.size === session.size) return;
  if (failure === null) throw await wrongSize(session, parts);
  if (!(failure instanceof UploadGone)) await atStore(Promise.reject(failure), parts);
  if (failure instanceof PartUnknown && chunks !== "gone" && session.kind !== "direct") {
    return await joinAgain(session, chunks, parts);
  }
  throw await lost(session, chunks, failure, parts);
}

/** What kept them from being joined; `null`: they are. */
async function tryToJoin(session: UploadSession, chunks: readonly UploadChunk[] | "gone", parts: JoinParts) {
  if (chunks === "gone") return new UploadGone();
  const upload = multipartOf(session, parts);
  const named = chunks.map(({ index, etag }) => ({ number: partNumberOf(index), etag }));
  try {
    await (upload ? upload.complete(named) : putEmpty(session, parts));
    return null;
  } catch (error) {
    return error;
  }
}

/** Parts that a client named had other sizes than it said: they are joined, and it is too late for others. */
async function wrongSize(session: UploadSession, parts: JoinParts): Promise<SnapbyteError> {
  if (await atDatabase(parts.uploads.end(session, { status: "cancelled" }, parts.clock.now()), parts)) {
    await clearUpload(session, parts);
  }
  return new SnapbyteError("INVALID_FIELD", "parts: they are not as long as the file; nothing of it was kept.");
}

/** The store has another part than was noted, of a session that goes on. */
async function joinAgain(session: UploadSession, tried: readonly UploadChunk[], parts: JoinParts): Promise<void> {
  // Of tus no chunk can be sent again without those behind it.
  const doubtful = session.kind === "tus" ? [] : await atDatabase(parts.uploads.forgetDoubtful(session), parts);
  if (doubtful.length > 0) throw incomplete(doubtful.length, doubtful.slice(0, MISSING_SHOWN));
  const noted = await atDatabase(parts.uploads.chunks(session), parts);
  const isSame = noted.length === tried.length && noted.every(({ etag }, at) => etag === tried[at]?.etag);
  // Somebody sent a chunk for the first time, twice at once, and one of them died before saying which of them it was.
  if (isSame) await atDatabase(parts.uploads.forgetAll(session), parts);
  checkComplete(session, isSame ? [] : noted);
  await joinChunks(session, noted, parts);
}

async function lost(
  session: UploadSession,
  chunks: readonly UploadChunk[] | "gone",
  cause: unknown,
  parts: JoinParts,
): Promise<SnapbyteError> {
  if (session.kind === "direct" && chunks !== "gone") {
    const { status } = await findUpload(session, parts);
    if (status === "cancelled" || status === "expired") return new SnapbyteError("UPLOAD_COMPLETED");
    return new SnapbyteError("INVALID_FIELD", "parts: the store has other parts than these.", { cause });
  }
  // It was cancelled meanwhile, or the store has let go of it: no chunk that is sent again could help.
  await atDatabase(parts.uploads.end(session, { status: "expired" }, parts.clock.now()), parts);
  return new SnapbyteError("UPLOAD_COMPLETED", "This upload has ended: the store has no bytes of it.", { cause });
}

async function putEmpty(session: UploadSession, parts: JoinParts): Promise<void> {
  await parts.store.put(uploadKey(session), new Uint8Array(), uploadHeaders(session));
}
