import type { UploadSession } from "../../core/uploads/upload-session.ts";
import { UPLOAD_LIFE_MS } from "../../core/uploads/upload-session.ts";
import { inTurns } from "../in-turns.ts";
import { clearUpload } from "./clear-upload.ts";
import type { UploadParts } from "./upload-parts.ts";

/**
 * Sessions that one run ends, and that it clears, at most: each costs two calls to the store, and ten where it came by tus,
 * of the 10,000 that an invocation has for everything. The next run comes within a minute.
 */
const SWEEP_LIMIT = 100;
/** Calls under way at once: an invocation has six connections. */
const SWEEP_WIDTH = 3;
/**
 * How long after its end a session is looked at once more, in ms. Whoever was completing it when it was cancelled may have
 * joined its parts after they were thought to be gone, and have died; reading 10 GiB once more takes some minutes.
 */
export const LATE_MS = 60 * 60_000;
/** How long it is told of a session that ended without a file, in ms. */
const REMEMBERED_MS = UPLOAD_LIFE_MS;

export type SweepUploadsParts = Pick<UploadParts, "uploads" | "store" | "clock" | "report">;

/**
 * Ends sessions whose time is over, takes out of the store what is left of those that ended without a file, and forgets
 * them after a week. Never rejects: the next run does what this one could not.
 */
export async function sweepUploads(parts: SweepUploadsParts): Promise<void> {
  const { uploads, report } = parts;
  const now = parts.clock.now();
  try {
    await inTurns(await uploads.overdue(now, SWEEP_LIMIT), SWEEP_WIDTH, (session) => expire(session, now, parts));
    const littered = await uploads.littered(now - LATE_MS, SWEEP_LIMIT);
    const cleared = await inTurns(littered, SWEEP_WIDTH, (session) => clearUpload(session, parts));
    await uploads.noteCleared(littered.filter((_, at) => cleared[at]));
    await uploads.dropEnded(now - REMEMBERED_MS);
  } catch (error) {
    report("uploads", error);
  }
}

async function expire(session: UploadSession, now: number, parts: SweepUploadsParts): Promise<void> {
  try {
    if (await parts.uploads.end(session, { status: "expired" }, now)) await clearUpload(session, parts);
  } catch (error) {
    parts.report("uploads", error);
  }
}
