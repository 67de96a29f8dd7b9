import { SnapbyteError } from "../../core/errors.ts";
import { isOpen, type UploadName } from "../../core/uploads/upload-session.ts";
import { clearUpload } from "./clear-upload.ts";
import { atDatabase, findUpload, type UploadParts } from "./upload-parts.ts";

export type CancelParts = Pick<UploadParts, "uploads" | "store" | "clock" | "report">;

/**
 * Ends a session without a file; what the store has of it goes. Throws 404 for an unknown one, 409 for one that has ended,
 * 502 when the database fails.
 */
export async function cancelUpload(name: UploadName, parts: CancelParts): Promise<void> {
  const session = await findUpload(name, parts);
  const now = parts.clock.now();
  const cancelled =
    isOpen(session, now) && (await atDatabase(parts.uploads.end(name, { status: "cancelled" }, now), parts));
  if (!cancelled) throw new SnapbyteError("UPLOAD_COMPLETED");
  await clearUpload(session, parts);
}
