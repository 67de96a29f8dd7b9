import { uploadKey } from "../../core/uploads/upload-path.ts";
import type { UploadSession } from "../../core/uploads/upload-session.ts";
import { tailKeys } from "./tus/tus-parts.ts";
import { multipartOf, type UploadParts } from "./upload-parts.ts";

export type ClearParts = Pick<UploadParts, "store" | "report">;

/**
 * Takes out of the store what it has of a session that ended without a file. `false`: it could not be reached, which is
 * reported; the sweep comes by. Never rejects.
 */
export async function clearUpload(session: UploadSession, parts: ClearParts): Promise<boolean> {
  try {
    await multipartOf(session, parts)?.abort();
    // Whoever was about to complete it may have joined its parts before that.
    await parts.store.delete(uploadKey(session));
    if (session.kind === "tus") for (const key of tailKeys(session)) await parts.store.delete(key);
    return true;
  } catch (error) {
    parts.report("uploads", error);
    return false;
  }
}
