import { SnapbyteError } from "../../../core/errors.ts";
import { TUS_REFUSALS, TusRefusal } from "../../../core/uploads/tus/protocol.ts";
import type { UploadName, UploadPlan, UploadSession } from "../../../core/uploads/upload-session.ts";
import type { UploadWish } from "../../../core/uploads/upload-wish.ts";
import type { BeginFor } from "../begin-upload.ts";
import { cancelUpload } from "../cancel-upload.ts";
import { atDatabase, atStore, findUpload } from "../upload-parts.ts";
import { copySources } from "./copy-sources.ts";
import { inPlace, locked } from "./place.ts";
import type { TusParts } from "./tus-parts.ts";
import { createTus, findTus, finish } from "./tus-upload.ts";

/** Uploads that one is made of at most: each costs some twenty calls of the 10,000 that a request of a Worker may make. */
const MAX_PARTIALS = 200;

/**
 * Makes one upload of others that are whole, in this order. No store joins objects whose sizes are not those of equal
 * parts, so their bytes are read once and written once, inside; then those others are given up. Throws 400 for one that is
 * no part, or not whole, 404 for an unknown one; what was begun for it is given up wherever it fails. Asked again by who has
 * not heard of the end of the first time, when the parts are gone, returns what was made of them then.
 */
export async function concatenateTus(
  names: readonly UploadName[],
  wishOf: (size: number) => UploadWish,
  said: { readonly metadata: string; readonly concat: string },
  whose: Omit<BeginFor, "kind">,
  parts: TusParts,
): Promise<UploadPlan> {
  if (names.length > MAX_PARTIALS) throw new TusRefusal("BAD_REQUEST", `At most ${MAX_PARTIALS} uploads make one.`);
  const sources = await sourcesOf(names, parts).catch(
    async (error: unknown) => await madeBefore(error, said, whose, parts),
  );
  if (!Array.isArray(sources)) return sources;
  const size = sources.reduce((sum, session) => sum + session.size, 0);
  const plan = await createTus(
    wishOf(size),
    said,
    { ...whose, isCopied: true },
    { ...parts, roomFor: roomForStored(parts) },
  );
  try {
    await join(sources, await findUpload(plan, parts), parts);
  } catch (error) {
    await cancelUpload(plan, parts).catch(() => {});
    throw error;
  }
  for (const name of names) await cancelUpload(name, parts).catch((error: unknown) => parts.report("uploads", error));
  return plan;
}

/** What it is made of has found room already. */
function roomForStored({ roomFor }: TusParts): TusParts["roomFor"] {
  return (
    roomFor &&
    (async (tenant, bytes) => {
      await roomFor(tenant, bytes).catch((error: unknown) => {
        if (!(error instanceof SnapbyteError && error.code === "PLAN_LIMIT")) throw error;
      });
    })
  );
}

async function join(sources: readonly UploadSession[], session: UploadSession, parts: TusParts): Promise<void> {
  const { tus, clock } = parts;
  await inPlace(session, parts, async (place) => {
    const chunks = await place.during(() => atStore(copySources(sources, session, parts), parts));
    const kept = tus.keep(session, place.writer(), { chunks, tail: null }, clock.now());
    if (!(await atDatabase(kept, parts))) throw locked();
  });
  await finish({ session, concat: null }, parts);
}

async function sourcesOf(names: readonly UploadName[], parts: TusParts): Promise<UploadSession[]> {
  const sources: UploadSession[] = [];
  for (const name of names) sources.push(await partial(name, parts));
  return sources;
}

async function madeBefore(
  error: unknown,
  { concat }: { readonly concat: string },
  { tenant, token }: Omit<BeginFor, "kind">,
  parts: TusParts,
): Promise<UploadSession> {
  if (!(error instanceof TusRefusal && error.status === TUS_REFUSALS.GONE)) throw error;
  const id = await atDatabase(parts.tus.findMade({ tenant, token }, concat), parts);
  if (id === null) throw error;
  return await findUpload({ tenant, id, token }, parts);
}

async function partial(name: UploadName, parts: TusParts): Promise<UploadSession> {
  const { session, state, concat } = await findTus(name, parts);
  if (concat?.is !== "partial" || state.offset !== session.size) {
    throw new TusRefusal("BAD_REQUEST", `Upload-Concat: ${session.id} is no part of another, or not whole yet.`);
  }
  return session;
}
