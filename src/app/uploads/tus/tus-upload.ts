import { SnapbyteError } from "../../../core/errors.ts";
import type { Concat } from "../../../core/uploads/tus/fields.ts";
import { parseConcat } from "../../../core/uploads/tus/fields.ts";
import { TusRefusal } from "../../../core/uploads/tus/protocol.ts";
import { isOpen, type UploadName, type UploadPlan, type UploadSession } from "../../../core/uploads/upload-session.ts";
import type { UploadWish } from "../../../core/uploads/upload-wish.ts";
import type { TusState } from "../../../ports/tus-uploads.ts";
import { type BeginFor, beginUpload } from "../begin-upload.ts";
import { cancelUpload } from "../cancel-upload.ts";
import { completeUpload } from "../complete-upload.ts";
import { joinChunks } from "../join-chunks.ts";
import { atDatabase, findUpload } from "../upload-parts.ts";
import { appendTus, type TusBytes } from "./append.ts";
import { dropTails } from "./tail.ts";
import type { TusParts } from "./tus-parts.ts";

/** An upload as the protocol tells of it. */
export type TusUpload = { readonly session: UploadSession; readonly state: TusState; readonly concat: Concat | null };

/** Begins an upload of the protocol. An empty one is complete at once. Throws as `beginUpload` does. */
export async function createTus(
  wish: UploadWish,
  said: Pick<TusState, "metadata" | "concat">,
  whose: Omit<BeginFor, "kind">,
  parts: TusParts,
): Promise<UploadPlan> {
  const plan = await beginUpload(wish, { ...whose, kind: "tus" }, parts);
  await atDatabase(parts.tus.begin(plan, said), parts);
  if (plan.size === 0 && said.concat === null) await completeUpload(plan, parts);
  return plan;
}

/**
 * An upload that may still be asked for. Throws 404 for an unknown one, 410 for one that was given up. One whose last bytes
 * came, and that could not be completed then, or not become an asset, does so now.
 */
export async function findTus(name: UploadName, parts: TusParts): Promise<TusUpload> {
  const session = await findUpload(name, parts);
  const state = session.kind === "tus" ? await atDatabase(parts.tus.find(name), parts) : null;
  if (!state) throw new SnapbyteError("UPLOAD_NOT_FOUND");
  if (session.status !== "completed" && !isOpen(session, parts.clock.now())) {
    throw new TusRefusal("GONE", "This upload was given up.");
  }
  const concat = parseConcat(state.concat);
  if (lacksItsEnd(session, state)) await finish({ session, concat }, parts);
  return { session, state, concat };
}

function lacksItsEnd({ status, size, asset, result }: UploadSession, { offset }: TusState): boolean {
  return status === "completed" ? asset && result?.assetId === null : offset === size;
}

/** Takes bytes, and returns how many are there then. With the last of them the file is complete. */
export async function appendToTus(name: UploadName, sent: TusBytes, parts: TusParts): Promise<number> {
  const upload = await findTus(name, parts);
  const { session, state, concat } = upload;
  if (concat?.is === "final") throw new TusRefusal("FORBIDDEN", "This upload is made of others.");
  if (state.offset === session.size) {
    if (sent.offset === session.size && (sent.length ?? 0) === 0) return session.size;
    throw new TusRefusal("OFFSET_CONFLICT", `Upload-Offset: it is ${state.offset}.`);
  }
  const offset = await appendTus(session, sent, parts);
  if (offset === session.size) await finish(upload, parts);
  return offset;
}

/** Gives an upload up. Throws 403 for one that is complete: that is a file by now. */
export async function terminateTus(name: UploadName, parts: TusParts): Promise<void> {
  const { session } = await findTus(name, parts);
  if (session.status === "completed") throw new TusRefusal("FORBIDDEN", "This upload is complete.");
  await cancelUpload(name, parts);
}

/** All bytes are there: makes a file of them, or what others will be made of. */
export async function finish(
  { session, concat }: Pick<TusUpload, "session" | "concat">,
  parts: TusParts,
): Promise<void> {
  if (concat?.is !== "partial") {
    if (session.status !== "completed") await dropTails(session, parts);
    await completeUpload(session, parts);
    return;
  }
  await joinChunks(session, await atDatabase(parts.uploads.chunks(session), parts), parts);
}
