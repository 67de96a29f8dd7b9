import { SnapbyteError } from "../../core/errors.ts";
import { missingChunks } from "../../core/uploads/chunk-plan.ts";
import {
  isOpen,
  type UploadChunk,
  type UploadName,
  type UploadResult,
  type UploadSession,
} from "../../core/uploads/upload-session.ts";
import { chunksOf, type NamedPart, namedChunksOf } from "./chunks-of.ts";
import { clearUpload } from "./clear-upload.ts";
import { joinChunks } from "./join-chunks.ts";
import { etagOf } from "./upload-headers.ts";
import { atDatabase, findUpload, type UploadParts } from "./upload-parts.ts";
import { checkedDigest } from "./whole-digest.ts";

/** A session that is complete. */
export type CompleteUpload = UploadSession & { readonly result: UploadResult };

export type CompleteParts = Pick<
  UploadParts,
  "uploads" | "store" | "direct" | "startHash" | "usage" | "makeAsset" | "idleMs" | "clock" | "report"
>;

/**
 * Completes a session, and answers the same when it is asked again. Throws 404 for an unknown one, 409 for one that has
 * ended otherwise and for one of which chunks are missing, naming the first; 400 when the whole has another digest than was
 * declared, which ends the session, and nothing is kept; 502 when database or store fail, and then it may be repeated,
 * wherever it broke off. `named`: the parts of a direct session as its client has heard from the store; `null`: it has not
 * said, so the store has to.
 */
export async function completeUpload(
  name: UploadName,
  parts: CompleteParts,
  named: readonly NamedPart[] | null = null,
): Promise<CompleteUpload> {
  const session = await findUpload(name, parts);
  const result = session.result ?? (await join(session, named, parts));
  if (!session.asset || result.assetId !== null || !parts.makeAsset) return { ...session, status: "completed", result };
  // The file is there whatever becomes of this, and who asks again goes on here.
  const assetId = await atDatabase(parts.makeAsset({ ...session, status: "completed", result }), parts);
  await atDatabase(parts.uploads.noteAsset(name, assetId), parts);
  return { ...session, status: "completed", result: { ...result, assetId } };
}

async function join(
  session: UploadSession,
  named: readonly NamedPart[] | null,
  parts: CompleteParts,
): Promise<UploadResult> {
  if (!isOpen(session, parts.clock.now())) throw new SnapbyteError("UPLOAD_COMPLETED");
  const isNamed = named !== null && session.kind === "direct";
  const chunks = await (isNamed ? namedChunksOf(session, named, parts) : chunksOf(session, parts));
  if (chunks === "untold") {
    throw new SnapbyteError("MISSING_FIELD", "parts is required: the store does not tell what was put there.");
  }
  if (chunks !== "gone") checkComplete(session, chunks);
  await joinChunks(session, chunks, parts);
  const sha256 = await checkedDigest(session, chunks === "gone" ? [] : chunks, parts);
  const result = { etag: etagOf(session), sha256, assetId: null };
  const ended = parts.uploads.end(session, { status: "completed", result }, parts.clock.now());
  if (await atDatabase(ended, parts)) {
    parts.usage.record({ kind: "upload", tenant: session.tenant, bytes: session.size });
    return result;
  }
  return await endedOtherwise(session, parts);
}

/** Somebody was faster: with the same, or by cancelling it, and then the file that was just joined is nobody's. */
async function endedOtherwise(session: UploadSession, parts: CompleteParts): Promise<UploadResult> {
  const { result } = await findUpload(session, parts);
  if (result) return result;
  await clearUpload(session, parts);
  throw new SnapbyteError("UPLOAD_COMPLETED");
}

/** Throws 409 naming the first chunks that are missing. */
export function checkComplete(session: UploadSession, chunks: readonly UploadChunk[]): void {
  const { count, first } = missingChunks(
    session,
    chunks.map(({ index }) => index),
  );
  if (count > 0) throw incomplete(count, first);
}

export function incomplete(count: number, first: readonly number[]): SnapbyteError {
  const more = count > first.length ? ", …" : "";
  const message = `${count === 1 ? "1 chunk is" : `${count} chunks are`} missing: ${first.join(", ")}${more}.`;
  return new SnapbyteError("UPLOAD_INCOMPLETE", message, { missing: first });
}
