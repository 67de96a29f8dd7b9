import { SnapbyteError } from "../../core/errors.ts";
import { bytesOfChunk, chunkCount, partNumberOf } from "../../core/uploads/chunk-plan.ts";
import { uploadKey } from "../../core/uploads/upload-path.ts";
import { isOpen, type UploadPlan } from "../../core/uploads/upload-session.ts";
import type { UploadParts } from "./upload-parts.ts";

/** How long the address of a part is good, in ms. A client that takes longer asks for others. */
const PART_URL_LIFE_MS = 24 * 60 * 60_000;

/** Where a client puts one chunk, until `expiresAt` (ms since the epoch). */
export type PartUrl = { readonly index: number; readonly url: string; readonly expiresAt: number };

/** Where the client of a direct session puts the chunks that are not among `present`; none of one that has ended. */
export function partUrls(
  session: UploadPlan,
  present: readonly number[],
  { direct, clock }: Pick<UploadParts, "direct" | "clock">,
): readonly PartUrl[] {
  const { storeUpload, kind } = session;
  const now = clock.now();
  if (kind !== "direct" || storeUpload === null || !isOpen({ status: "initiated", ...session }, now)) return [];
  if (!direct) throw new SnapbyteError("MISCONFIGURED", "This deployment cannot send anybody to the store.");
  const key = uploadKey(session);
  const expiresAt = Math.min(session.expiresAt, now + PART_URL_LIFE_MS);
  const there = new Set(present);
  const wanted = Array.from({ length: chunkCount(session) }, (_, index) => index).filter((index) => !there.has(index));
  return wanted.map((index) => ({
    index,
    url: direct.partUrl(
      key,
      storeUpload,
      { number: partNumberOf(index), bytes: bytesOfChunk(session, index) ?? 0 },
      expiresAt,
    ),
    expiresAt,
  }));
}
