import { MIN_CHUNK_BYTES } from "../../../core/uploads/chunk-plan.ts";
import type { UploadSession } from "../../../core/uploads/upload-session.ts";
import type { TusState, TusTail } from "../../../ports/tus-uploads.ts";
import { inTurns } from "../../in-turns.ts";
import { bodyReader } from "../../read-body.ts";
import { NEW_BUFFERS, SPARE_BUFFERS } from "../../spare-buffers.ts";
import { uploadHeaders } from "../upload-headers.ts";
import { atStore } from "../upload-parts.ts";
import { nextTailKey, type TusParts, tailKeys } from "./tus-parts.ts";
import type { Written } from "./write-bytes.ts";

type TailParts = Pick<TusParts, "store" | "report" | "idleMs">;

/** Calls under way at once: an invocation has six connections. */
const WIDTH = 4;

/** All of one size are used again. */
const buffersOf = (bytes: number) => (bytes === MIN_CHUNK_BYTES ? SPARE_BUFFERS : NEW_BUFFERS);

/** Room for one part, with the bytes behind the last whole one at its beginning. Whoever is through with it gives it back. */
export async function readTail(
  session: Pick<UploadSession, "chunkBytes" | "size">,
  tail: TusTail | null,
  parts: TailParts,
): Promise<Uint8Array<ArrayBuffer>> {
  const length = Math.min(session.chunkBytes, session.size);
  const part = new Uint8Array(buffersOf(length).take(length), 0, length);
  return tail ? await atStore(fill(part, tail, parts), parts) : part;
}

export function givePart({ buffer, length }: Uint8Array<ArrayBuffer>): void {
  buffersOf(length).give(buffer);
}

/** Where they are to be in the end: two copies would be twice what was reserved. */
async function fill(part: Uint8Array<ArrayBuffer>, { key, bytes }: TusTail, parts: TailParts) {
  const object = await parts.store.get(key, null);
  if (object?.size !== bytes) {
    await object?.body.cancel();
    throw new Error("the store lost a tail");
  }
  const reader = bodyReader(object.body, parts);
  const { length } = part;
  try {
    const { view } = await reader.fill(part.subarray(0, bytes));
    if (view.length < bytes) throw new Error("the store lost the end of a tail");
    return new Uint8Array(view.buffer, 0, length);
  } finally {
    await reader.cancel();
  }
}

/** Keeps the bytes behind the last whole part; what is there already stays where it is. `null`: there are none. */
export async function putTail(
  session: UploadSession,
  { tail, offset }: Pick<TusState, "tail" | "offset">,
  written: Pick<Written, "rest" | "offset">,
  parts: TailParts,
): Promise<TusTail | null> {
  if (written.rest.length === 0) return null;
  if (written.offset === offset) return tail;
  const key = nextTailKey(session, tail);
  // Somebody may have died between putting one there and saying so.
  await atStore(parts.store.delete(key), parts);
  await atStore(parts.store.put(key, written.rest, uploadHeaders(session)), parts);
  return { key, bytes: written.rest.length };
}

/** What cannot be let go of now goes with the last byte, or with the session. */
export async function dropTail({ key }: TusTail, { store, report }: TailParts): Promise<void> {
  await store.delete(key).catch((error: unknown) => report("uploads", error));
}

/**
 * Lets go of all of a session whose bytes are in parts, those included that somebody has put there and died. To be done
 * before it is completed: nobody looks for them afterwards. Throws 502 when the store fails.
 */
export async function dropTails(session: UploadSession, parts: TailParts): Promise<void> {
  await inTurns(tailKeys(session), WIDTH, async (key) => await atStore(parts.store.delete(key), parts));
}
