import { createHash } from "node:crypto";
import type { BeginFor } from "../../../src/app/uploads/begin-upload.ts";
import { beginUpload } from "../../../src/app/uploads/begin-upload.ts";
import { type ChunkSent, takeChunk } from "../../../src/app/uploads/take-chunk.ts";
import type { UploadParts } from "../../../src/app/uploads/upload-parts.ts";
import { SnapbyteError } from "../../../src/core/errors.ts";
import type { UploadLimits } from "../../../src/core/uploads/upload-limits.ts";
import { uploadKey } from "../../../src/core/uploads/upload-path.ts";
import type { UploadPlan } from "../../../src/core/uploads/upload-session.ts";
import type { UploadWish } from "../../../src/core/uploads/upload-wish.ts";
import { NOON, tenantId } from "../../core/samples.ts";
import { fakeDirectUploads } from "../../fakes/direct-uploads.ts";
import { fakeObjectStore } from "../../fakes/object-store.ts";
import { nodeStartHash } from "../../fakes/start-hash.ts";
import { fakeUploads } from "../../fakes/uploads.ts";
import { fakeUsageSink } from "../../fakes/usage-sink.ts";
import { pattern } from "../small-parts.ts";

export const TENANT = tenantId("tenant-1");
export const OTHER = tenantId("tenant-2");
/** The smallest chunk that there is. */
export const CHUNK = 5 * 2 ** 20;
/** A file of two chunks and a bit. */
export const SIZE = 2 * CHUNK + 7;
export const FILE = pattern(SIZE);

export type UploadWorld = ReturnType<typeof uploadWorld>;

/** Everything that uploads work with, in memory. `time` may be moved, `limits` set, and `faults` lists what was reported. */
export function uploadWorld(changes: Partial<UploadParts> = {}) {
  const time = { now: NOON };
  const clock = { now: () => time.now };
  const faults: unknown[] = [];
  const limits: { now: UploadLimits } = { now: { maxFileBytes: 2 ** 30, chunkBytes: CHUNK } };
  const store = fakeObjectStore(clock);
  const uploads = fakeUploads();
  const usage = fakeUsageSink();
  const direct = fakeDirectUploads(store);
  const parts: UploadParts = {
    ...{ uploads, store, direct, usage, clock, startHash: nodeStartHash, makeAsset: null, roomFor: null, idleMs: 1000 },
    uploadLimits: { read: async () => limits.now },
    newId: () => crypto.randomUUID(),
    report: (_, error) => void faults.push(error),
    ...changes,
  };
  return { ...{ time, limits, faults, store, uploads, usage, direct, parts } };
}

/** What a client wants that sends {@link FILE}. */
export const WISH: UploadWish = {
  ...{ fileName: "video.mp4", size: SIZE, userId: "user123", userRole: "creator", contentType: "video/mp4" },
  ...{ sha256: null, asset: false },
};

export async function begun(
  { parts }: Pick<UploadWorld, "parts">,
  wish: Partial<UploadWish> = {},
  whose: Partial<BeginFor> = {},
): Promise<UploadPlan> {
  return await beginUpload({ ...WISH, ...wish }, { tenant: TENANT, kind: "chunks", token: null, ...whose }, parts);
}

/** The bytes of a chunk of {@link FILE}. */
export function bytesOf(index: number, file: Uint8Array<ArrayBuffer> = FILE): Uint8Array<ArrayBuffer> {
  return file.slice(index * CHUNK, (index + 1) * CHUNK);
}

/** Sends a chunk, as {@link FILE} has it unless other `bytes` are given. */
export async function send(
  { parts }: Pick<UploadWorld, "parts">,
  plan: UploadPlan,
  index: number,
  { bytes = bytesOf(index), ...rest }: Partial<ChunkSent> & { readonly bytes?: Uint8Array<ArrayBuffer> } = {},
): Promise<void> {
  const body = new Blob([bytes]).stream();
  await takeChunk(plan, { index, body, length: bytes.length, declared: {}, ...rest }, parts);
}

export async function sendAll(world: Pick<UploadWorld, "parts">, plan: UploadPlan): Promise<void> {
  for (const index of [0, 1, 2]) await send(world, plan, index);
}

/** What the store has at the session's path; `null`: nothing. */
export function storedBytes({ store }: Pick<UploadWorld, "store">, plan: UploadPlan) {
  return store.objects.get(uploadKey(plan))?.bytes ?? null;
}

/** The error that it was refused with. */
export async function refusal(work: Promise<unknown>): Promise<SnapbyteError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof SnapbyteError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

export const digest = (bytes: Uint8Array, algorithm = "sha256") => createHash(algorithm).update(bytes).digest("hex");
