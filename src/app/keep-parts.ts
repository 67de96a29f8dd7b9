import { objectKey } from "../core/entry.ts";
import { type DonePart, type FillPlan, partRange } from "../core/fills/fill-plan.ts";
import { neededChecks } from "../core/fills/promised-digest.ts";
import { type ObjectWriter, UploadGone } from "../ports/object-store.ts";
import { atStore, ClaimLost } from "./fill-failed.ts";
import type { FillJob, FillJobParts } from "./fill-job.ts";
import { newGenerationFor } from "./new-generation.ts";
import type { Bytes } from "./read-pieces.ts";
import { startDigests } from "./running-digests.ts";
import type { Stored } from "./stored.ts";

/** What of a plan is known before there is an upload. */
export type Draft = Omit<FillPlan, "generation" | "uploadId">;

/** Takes one body in its order, and keeps each part of it, so that whoever goes on after a fault has them. */
export type PartsKeeper = {
  /**
   * Takes a whole part or, of a body whose length is known, a piece that ends no later than its part does. Settles when
   * the store has the bytes, which may then be reused.
   */
  keep(bytes: Bytes): Promise<void>;
  /** Joins all that was kept. */
  end(): Promise<Stored>;
  /** Nothing more comes: what is kept stays, and the part that is not whole goes. Never rejects. */
  abort(): Promise<void>;
};

/**
 * Begins an upload and tells the gate of it first, which gives it up should nobody end it. Rejects with {@link ClaimLost}
 * as soon as the gate knows another holder.
 */
export async function keepParts(job: FillJob, draft: Draft, parts: KeepPartsParts): Promise<PartsKeeper> {
  const { key, holder, message } = job;
  const { gate, startHash } = parts;
  const { upload, plan } = await beginUpload(job, draft, parts);
  const wanted = neededChecks(draft.declared, message.publicKey);
  const digests = startDigests(new Set(["sha256", ...wanted]), startHash);
  const done: DonePart[] = [];
  let size = 0;
  let noted = Promise.resolve(true);
  let open: { readonly writer: ObjectWriter<string>; readonly bytes: number; written: number } | null = null;

  const heldStill = async () => {
    if (!(await noted)) throw new ClaimLost();
  };
  const stored = async <Value>(work: Promise<Value>) => {
    try {
      return await atStore(work);
    } catch (error) {
      // A purge takes the upload away: that is no fault of the store's.
      if (error instanceof UploadGone && !(await gate.renew(key, holder))) throw new ClaimLost();
      throw error;
    }
  };
  /** The etag of the part that these bytes end; `null`: more of it follows. */
  const storePiece = async (number: number, bytes: Bytes): Promise<string | null> => {
    const whole = partBytesOf(plan, number);
    if (!open && (whole === null || whole === bytes.length)) return await stored(upload.uploadPart(number, bytes));
    open ??= { writer: upload.partWriter(number, whole ?? bytes.length), bytes: whole ?? bytes.length, written: 0 };
    open.written += bytes.length;
    const { writer, written } = open;
    await stored(writer.write(bytes));
    if (written < open.bytes) return null;
    open = null;
    return await stored(writer.end());
  };

  return {
    async keep(bytes) {
      const number = done.length + 1;
      const [etag] = await Promise.all([storePiece(number, bytes), digests.update(bytes)]);
      size += bytes.length;
      if (etag === null) return;
      await heldStill();
      const part = { number, etag, bytes: partBytesOf(plan, number) ?? bytes.length, sha256: null, crc: null };
      done.push(part);
      // The next part is read meanwhile.
      noted = gate.partDone(key, holder, part);
      noted.catch(() => {});
    },
    async end() {
      await heldStill();
      await atStore(upload.complete(done));
      return { ...plan, size, computed: await digests.digest(), partsDigest: null };
    },
    async abort() {
      await open?.writer.abort();
    },
  };
}

/** Bytes of a part; `null`: that shows when it comes. */
function partBytesOf(plan: FillPlan, number: number): number | null {
  if (plan.size === null) return null;
  const { first, last } = partRange(plan, number);
  return last - first + 1;
}

export type KeepPartsParts = Pick<FillJobParts, "startHash"> & BeginUploadParts;
type BeginUploadParts = Pick<FillJobParts, "gate" | "store" | "stores" | "newGeneration" | "report">;

/** An upload under a fresh generation, of which the gate knows. */
export async function beginUpload(
  { key, holder, tenant }: Pick<FillJob, "key" | "holder" | "tenant">,
  draft: Draft,
  parts: BeginUploadParts,
) {
  const { gate, store } = parts;
  const generation = newGenerationFor({ tenant }, draft.size, parts);
  const upload = await atStore(store.createMultipart(objectKey(key, generation), draft.headers));
  const plan: FillPlan = { ...draft, generation, uploadId: upload.id };
  const held = await gate.plan(key, holder, plan).catch(async (error: unknown) => {
    await upload.abort();
    throw error;
  });
  if (held) return { upload, plan };
  await upload.abort();
  throw new ClaimLost();
}
