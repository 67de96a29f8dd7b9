import { ERRORS, SnapbyteError } from "../../../core/errors.ts";
import { TUS_REFUSALS, TusRefusal } from "../../../core/uploads/tus/protocol.ts";
import type { UploadPlan } from "../../../core/uploads/upload-session.ts";
import type { UploadWish } from "../../../core/uploads/upload-wish.ts";
import type { TusState } from "../../../ports/tus-uploads.ts";
import type { BeginFor } from "../begin-upload.ts";
import { cancelUpload } from "../cancel-upload.ts";
import type { TusBytes } from "./append.ts";
import type { TusParts } from "./tus-parts.ts";
import { appendToTus, createTus } from "./tus-upload.ts";

/** An upload that was begun, and how many of its bytes are there. */
export type BegunWithBytes = { readonly plan: UploadPlan; readonly offset: number };

/**
 * Begins an upload with its first bytes. Throws as `createTus` does, and as `appendToTus` for bytes that are refused: then
 * nothing was begun. Where a part of ours fails it has begun all the same, and its client goes on as after any request that
 * was not taken as a whole: otherwise it would begin another, and leave this one behind.
 */
export async function createWithBytes(
  wish: UploadWish,
  said: Pick<TusState, "metadata" | "concat">,
  whose: Omit<BeginFor, "kind">,
  sent: Omit<TusBytes, "offset">,
  parts: TusParts,
): Promise<BegunWithBytes> {
  const plan = await createTus(wish, said, whose, parts);
  try {
    return { plan, offset: await appendToTus(plan, { ...sent, offset: 0 }, parts) };
  } catch (error) {
    if (isFinal(error)) {
      // One with another digest than was declared has ended already.
      await cancelUpload(plan, parts).catch(() => {});
      throw error;
    }
    const offset = (await parts.tus.find(plan).catch(() => null))?.offset ?? 0;
    // All are there, and it could not be completed: that happens when its client asks where it stands.
    return { plan, offset: offset < plan.size ? offset : 0 };
  }
}

function isFinal(error: unknown): boolean {
  if (error instanceof TusRefusal) return error.status !== TUS_REFUSALS.LOCKED;
  return error instanceof SnapbyteError && !ERRORS[error.code].retryable;
}
