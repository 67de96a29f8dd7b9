import { SnapbyteError } from "../../core/errors.ts";
import { bytesOfChunk, partNumberOf } from "../../core/uploads/chunk-plan.ts";
import { uploadKey } from "../../core/uploads/upload-path.ts";
import type { UploadChunk, UploadSession } from "../../core/uploads/upload-session.ts";
import { UploadGone } from "../../ports/object-store.ts";
import { atDatabase, atStore, type UploadParts } from "./upload-parts.ts";

/**
 * The chunks of an open session that are whole: as we noted them or, where the bytes did not come through us, as the store
 * tells. What has another size there than it must have is none. `null`: the store has none and knows of no such upload.
 */
export async function chunksOf(
  session: UploadSession,
  parts: Pick<UploadParts, "uploads" | "direct" | "report">,
): Promise<readonly UploadChunk[] | null> {
  if (session.kind !== "direct") return await atDatabase(parts.uploads.chunks(session), parts);
  if (session.storeUpload === null) return [];
  const { direct } = parts;
  if (!direct)
    throw new SnapbyteError("MISCONFIGURED", "This deployment cannot ask the store for what was sent there.");
  const listed = direct.parts(uploadKey(session), session.storeUpload).catch((error: unknown) => {
    if (error instanceof UploadGone) return null;
    throw error;
  });
  const found = await atStore(listed, parts);
  if (!found) return null;
  return found
    .map(({ number, etag, bytes }) => ({ index: number - partNumberOf(0), etag, bytes, sha256: null }))
    .filter(({ index, bytes }) => bytes === bytesOfChunk(session, index));
}
