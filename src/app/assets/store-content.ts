import type { ObjectHeaders } from "../../core/http/delivery-headers.ts";
import type { MultipartUpload, ObjectStore, StoredPart } from "../../ports/object-store.ts";
import type { StartHash } from "../../ports/running-hash.ts";
import type { HeldBytes } from "../hold-bytes.ts";
import type { Bytes } from "../read-pieces.ts";
import { type RunningDigests, startDigests } from "../running-digests.ts";
import { inParts } from "./in-parts.ts";
import type { Room } from "./room.ts";

/** What goes into the store in one piece where its length is known: R2 takes 5 GiB less 5 MiB at once. */
export const MAX_PUT_BYTES = 4 * 2 ** 30;

/** Where bytes go, and how many may come. */
export type Place = {
  readonly objectKey: string;
  /** As it was announced; `null`: nobody did. */
  readonly length: number | null;
  readonly room: Room;
  readonly headers: ObjectHeaders;
  /** Hears of an upload in parts before anything is in it. */
  readonly begun: (uploadId: string) => Promise<void>;
};

export type StoreContentParts = {
  readonly store: ObjectStore;
  readonly startHash: StartHash;
  /** What this isolate may hold of all uploads whose length nobody says. */
  readonly held: HeldBytes;
};

/** What was stored. */
export type Kept = { readonly size: number; readonly sha256: string };

/**
 * Stores bytes as they come, and hashes them on the way. Each piece may be reused when the next is asked for. Either all of
 * it is stored or, when this rejects, nothing is there to be read. Throws 413 or 402 as soon as there are more than there is
 * room for, and 503 where too many uploads of unknown length are under way.
 */
export async function storeContent(
  pieces: AsyncIterable<Bytes>,
  place: Place,
  parts: StoreContentParts,
): Promise<Kept> {
  const digests = startDigests(new Set(["sha256"]), parts.startHash);
  const isPut = place.length !== null && place.length <= MAX_PUT_BYTES;
  const size = isPut
    ? await putWhole(within(place.room, pieces), place.length, place, digests, parts)
    : await putInParts(within(place.room, pieces), place, digests, parts);
  const { sha256 } = await digests.digest();
  if (sha256 === undefined) throw new Error("the bytes were not hashed");
  return { size, sha256 };
}

async function* within({ bytes: most, refusal }: Room, pieces: AsyncIterable<Bytes>): AsyncGenerator<Bytes> {
  let size = 0;
  for await (const piece of pieces) {
    size += piece.length;
    if (size > most) throw refusal();
    yield piece;
  }
}

async function putWhole(
  pieces: AsyncIterable<Bytes>,
  length: number,
  { objectKey, headers }: Place,
  digests: RunningDigests,
  { store }: StoreContentParts,
): Promise<number> {
  const writer = store.writer(objectKey, length, headers);
  try {
    for await (const piece of pieces) await Promise.all([digests.update(piece), writer.write(piece)]);
    await writer.end();
    return length;
  } catch (error) {
    await writer.abort();
    throw error;
  }
}

async function putInParts(
  pieces: AsyncIterable<Bytes>,
  { objectKey, headers, begun }: Place,
  digests: RunningDigests,
  { store, held }: StoreContentParts,
): Promise<number> {
  const done: StoredPart[] = [];
  let upload: MultipartUpload | null = null;
  let size = 0;
  try {
    for await (const { bytes, last } of inParts(pieces, held)) {
      size += bytes.length;
      if (last && !upload) {
        await Promise.all([digests.update(bytes), store.put(objectKey, bytes, headers)]);
        return size;
      }
      if (!upload) {
        upload = await store.createMultipart(objectKey, headers);
        await begun(upload.id);
      }
      const number = done.length + 1;
      const [etag] = await Promise.all([upload.uploadPart(number, bytes), digests.update(bytes)]);
      done.push({ number, etag });
    }
    await upload?.complete(done);
    return size;
  } catch (error) {
    // What cannot be aborted now is in the content's row, and the sweep's.
    await upload?.abort().catch(() => {});
    throw error;
  }
}
