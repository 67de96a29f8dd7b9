import { chunkCount } from "../../core/uploads/chunk-plan.ts";
import { shownStatus, type UploadName, type UploadSession } from "../../core/uploads/upload-session.ts";
import { chunksOf } from "./chunks-of.ts";
import { findUpload, type UploadParts } from "./upload-parts.ts";

/** Where a session stands, and what is there of it. */
export type UploadDescription = {
  readonly session: UploadSession;
  /** Indices of the chunks that are known to be there, in order. */
  readonly chunks: readonly number[];
  readonly bytes: number;
};

/** What a client that was interrupted goes on from. Throws 404 for an unknown session, 502 when nobody can say. */
export async function describeUpload(
  name: UploadName,
  parts: Pick<UploadParts, "uploads" | "direct" | "clock" | "report">,
): Promise<UploadDescription> {
  const found = await findUpload(name, parts);
  const session = { ...found, status: shownStatus(found, parts.clock.now()) };
  if (session.status === "completed") {
    const chunks = Array.from({ length: chunkCount(session) }, (_, index) => index);
    return { session, chunks, bytes: session.size };
  }
  const isOver = session.status === "cancelled" || session.status === "expired";
  const there = isOver ? [] : await chunksOf(session, parts);
  const chunks = typeof there === "string" ? [] : there;
  const bytes = chunks.reduce((sum, chunk) => sum + chunk.bytes, 0);
  // Nobody tells us of bytes that go straight to the store.
  if (session.status === "initiated" && chunks.length > 0) session.status = "in_progress";
  return { session, chunks: chunks.map(({ index }) => index), bytes };
}
