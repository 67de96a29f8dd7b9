import { SnapbyteError } from "../../../core/errors.ts";
import type { TusAlgorithm } from "../../../core/uploads/tus/protocol.ts";
import { TusRefusal } from "../../../core/uploads/tus/protocol.ts";
import type { UploadChunk, UploadSession } from "../../../core/uploads/upload-session.ts";
import type { TusState, TusTail } from "../../../ports/tus-uploads.ts";
import { bodyReader } from "../../read-body.ts";
import { uploadHeaders } from "../upload-headers.ts";
import { atDatabase, atStore, multipartOf } from "../upload-parts.ts";
import { LEASE_MS, nextTailKey, type TusParts } from "./tus-parts.ts";
import { type Written, writeBytes } from "./write-bytes.ts";

/** Bytes that a client sends to the end of what is there. */
export type TusBytes = {
  /** Where they belong. */
  readonly offset: number;
  readonly body: ReadableStream<Uint8Array>;
  /** `null`: the request does not say. */
  readonly length: number | null;
  readonly checksum: { readonly algorithm: TusAlgorithm; readonly hex: string } | null;
};

/**
 * Takes bytes to the end of an open session, and returns how many are there then. A body that breaks off leaves what came
 * of it, unless a checksum was declared for it: then it counts as a whole or not at all. Refuses with 409 what belongs
 * elsewhere, 423 while somebody else writes, 460 for a wrong checksum, 413 for too many bytes, 503 where this isolate has
 * no room for one part more; 502 as everywhere.
 */
export async function appendTus(session: UploadSession, sent: TusBytes, parts: TusParts): Promise<number> {
  const release = parts.held.reserve(Math.min(session.chunkBytes, session.size));
  if (!release) throw new SnapbyteError("UNAVAILABLE", "Too much is uploaded here at this moment; try again.");
  try {
    return await appendInTurn(session, sent, parts);
  } finally {
    release();
  }
}

async function appendInTurn(session: UploadSession, sent: TusBytes, parts: TusParts): Promise<number> {
  const { tus, clock } = parts;
  const writerId = parts.newId();
  const place = () => ({ id: writerId, until: clock.now() + LEASE_MS });
  if (!(await atDatabase(tus.claim(session, place(), clock.now()), parts))) throw locked();
  const beat = setInterval(() => void tus.renew(session, place()).catch(() => {}), LEASE_MS / 3);
  try {
    const state = await atDatabase(tus.find(session), parts);
    if (!state) throw new SnapbyteError("UPLOAD_NOT_FOUND");
    if (sent.offset !== state.offset) throw new TusRefusal("OFFSET_CONFLICT", `Upload-Offset: it is ${state.offset}.`);
    if (sent.length !== null && sent.length > session.size - state.offset) {
      throw new SnapbyteError("FILE_TOO_LARGE", `The file has ${session.size - state.offset} bytes left.`);
    }
    return await write(session, state, sent, place, parts);
  } finally {
    clearInterval(beat);
    await tus.release(session, writerId).catch((error: unknown) => parts.report("uploads", error));
  }
}

async function write(
  session: UploadSession,
  state: TusState,
  sent: TusBytes,
  place: () => { id: string; until: number },
  parts: TusParts,
): Promise<number> {
  const { tus, clock, startHash } = parts;
  const upload = multipartOf(session, parts);
  if (!upload) return 0;
  const hash = sent.checksum && startHash(sent.checksum.algorithm);
  const waiting: UploadChunk[] = [];
  const keep = async (chunks: readonly UploadChunk[], tail: TusTail | null) => {
    if (!(await atDatabase(tus.keep(session, place(), { chunks, tail }, clock.now()), parts))) throw locked();
  };
  const reader = bodyReader(sent.body, parts);
  const written = await writeBytes(
    session,
    state,
    await readTail(state.tail, parts),
    {
      ...{ upload, reader },
      heard: async (bytes) => await hash?.update(bytes),
      stored: async (chunk) => void (hash ? waiting.push(chunk) : await keep([chunk], null)),
    },
    parts,
  ).finally(() => reader.cancel());
  if (hash && sent.checksum) {
    if (written.broken !== null) return state.offset;
    if ((await hash.digest()) !== sent.checksum.hex)
      throw new TusRefusal("CHECKSUM", "The bytes have another checksum.");
  }
  const tail = await putTail(session, state, written, parts);
  if (waiting.length > 0 || written.offset !== state.offset) await keep(waiting, tail);
  if (state.tail && state.tail.key !== tail?.key) await dropTail(state.tail, parts);
  return written.offset;
}

async function readTail(tail: TusTail | null, parts: TusParts): Promise<Uint8Array<ArrayBuffer>> {
  if (!tail) return new Uint8Array();
  const object = await atStore(parts.store.get(tail.key, null), parts);
  const bytes = object && new Uint8Array(await atStore(new Response(object.body).arrayBuffer(), parts));
  if (bytes?.length !== tail.bytes) return await atStore(Promise.reject(new Error("the store lost a tail")), parts);
  return bytes;
}

/** Keeps the bytes behind the last whole part; what is there already stays where it is. */
async function putTail(session: UploadSession, { tail, offset }: TusState, written: Written, parts: TusParts) {
  if (written.rest.length === 0) return null;
  if (written.offset === offset) return tail;
  const key = nextTailKey(session, tail);
  // Somebody may have died between putting one there and saying so.
  await atStore(parts.store.delete(key), parts);
  await atStore(parts.store.put(key, written.rest, uploadHeaders(session)), parts);
  return { key, bytes: written.rest.length };
}

/** What cannot be let go of now goes with the session. */
async function dropTail({ key }: TusTail, { store, report }: TusParts): Promise<void> {
  await store.delete(key).catch((error: unknown) => report("uploads", error));
}

function locked(): TusRefusal {
  return new TusRefusal("LOCKED", "Somebody else is writing to this upload.");
}
