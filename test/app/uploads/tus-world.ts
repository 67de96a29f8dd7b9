import { heldBytes } from "../../../src/app/hold-bytes.ts";
import type { TusBytes } from "../../../src/app/uploads/tus/append.ts";
import type { TusParts } from "../../../src/app/uploads/tus/tus-parts.ts";
import { appendToTus, createTus, findTus } from "../../../src/app/uploads/tus/tus-upload.ts";
import type { UploadParts } from "../../../src/app/uploads/upload-parts.ts";
import { SnapbyteError } from "../../../src/core/errors.ts";
import { TusRefusal } from "../../../src/core/uploads/tus/protocol.ts";
import type { UploadPlan } from "../../../src/core/uploads/upload-session.ts";
import { fakeTusUploads } from "../../fakes/tus-uploads.ts";
import { FILE, TENANT, uploadWorld, WISH } from "./upload-world.ts";

export const WHOSE = { tenant: TENANT, token: null };
export const SAID = { metadata: "filename YS5tcDQ=", concat: null };

/** Everything that uploads by tus work with, in memory. */
export function tusWorld(changes: Partial<UploadParts> = {}) {
  const world = uploadWorld(changes);
  const pause = async (ms: number) => {
    world.time.now += ms;
  };
  const parts: TusParts = { ...world.parts, tus: fakeTusUploads(world.uploads), held: heldBytes(), pause };
  return { ...world, parts };
}
export type TusWorld = ReturnType<typeof tusWorld>;

export const create = async ({ parts }: TusWorld, wish = {}, concat: string | null = null) =>
  await createTus({ ...WISH, ...wish }, { ...SAID, concat }, WHOSE, parts);

export const bodyOf = (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes]).stream();

/** Sends the bytes of FILE from one place to another. */
export async function append(
  { parts }: TusWorld,
  plan: UploadPlan,
  from: number,
  to: number,
  more: Partial<TusBytes> = {},
): Promise<number> {
  const bytes = FILE.slice(from, to);
  const sent = { offset: from, body: bodyOf(bytes), length: bytes.length, checksum: null, ...more };
  return await appendToTus(plan, sent, parts);
}

/** A body of these bytes that breaks off behind them. */
export function brokenBody(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    type: "bytes",
    start: (controller: ReadableByteStreamController) => controller.enqueue(bytes.slice()),
    pull: (controller: ReadableByteStreamController) => controller.error(new Error("connection reset")),
  } as never);
}

/** What it was refused with: a status of the protocol, or a code of ours. */
export async function status(work: Promise<unknown>): Promise<number | string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof TusRefusal) return error.status;
  return error instanceof SnapbyteError ? error.code : String(error);
}

export const offsetOf = async ({ parts }: TusWorld, plan: UploadPlan) => (await findTus(plan, parts)).state.offset;
/** Tails that lie in the store. */
export const left = ({ store }: TusWorld) => [...store.objects.keys()].filter((key) => key.includes(".tail-"));
