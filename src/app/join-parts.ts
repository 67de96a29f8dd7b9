import { fromHex, toHex } from "../core/crypto/hex.ts";
import { objectKey, type PartsDigest } from "../core/entry.ts";
import { fault } from "../core/fills/faults.ts";
import type { DonePart, FillPlan } from "../core/fills/fill-plan.ts";
import { neededChecks } from "../core/fills/promised-digest.ts";
import type { ChecksumAlgorithm, Checksums } from "../core/integrity/checksums.ts";
import { combineCrc } from "../core/integrity/crc.ts";
import { type MultipartUpload, type ObjectStore, UploadGone } from "../ports/object-store.ts";
import { atStore, FillFailed } from "./fill-failed.ts";
import type { FillJob, FillJobParts } from "./fill-job.ts";
import { readBack } from "./read-back.ts";
import type { Stored } from "./stored.ts";

/** Up to here, in bytes, what is stored is read again where a comparison needs it: some ten minutes at 100 MiB/s. */
const READ_BACK_BYTES = 64 * 2 ** 30;

/**
 * Joins the parts of a plan, which are all there, and finds out what must be known of the whole: the CRC out of those of
 * the parts, and by reading the object again what can only be told of bytes in their order.
 */
export async function joinParts(
  job: FillJob,
  plan: FillPlan,
  upload: MultipartUpload,
  done: readonly DonePart[],
  parts: FillJobParts,
): Promise<Stored> {
  const name = objectKey(job.key, plan.generation);
  const size = done.reduce((sum, { bytes }) => sum + bytes, 0);
  await complete(upload, done, { name, size }, parts.store);
  const crc = partsCrc(plan, done);
  // Where a CRC was declared, the parts have it, and nothing that the origin declared needs another reading.
  const declared = plan.partCrc === null ? plan.declared : {};
  const needed = neededChecks(declared, job.message.publicKey).filter((algorithm) => !(algorithm in crc));
  const partsDigest = await digestOfParts(plan, done);
  // What one consumer reads is small, or was hashed on the way until something broke: it gets its SHA-256 all the same.
  if (plan.lanes === 1 || partsDigest === null) needed.push("sha256");
  if (needed.length === 0 || size > READ_BACK_BYTES) return { ...plan, size, computed: crc, partsDigest };
  const computed = await readBack(name, new Set<ChecksumAlgorithm>(["sha256", ...needed]), parts);
  return { ...plan, size, computed: { ...crc, ...computed }, partsDigest };
}

/** An attempt before this one may have joined them, and died before it could say so. */
async function complete(
  upload: MultipartUpload,
  done: readonly DonePart[],
  { name, size }: { name: string; size: number },
  store: ObjectStore,
): Promise<void> {
  try {
    await upload.complete(done);
  } catch (error) {
    const head = await atStore(store.head(name));
    if (head?.size === size) return;
    if (error instanceof UploadGone) throw error;
    throw new FillFailed(fault("STORE_FAILED", "The store did not join the parts."), { cause: error });
  }
}

function partsCrc({ partCrc }: FillPlan, done: readonly DonePart[]): Checksums {
  const [first, ...rest] = done;
  if (partCrc === null || !first || done.some(({ crc }) => crc === null)) return {};
  const whole = rest.reduce((sum, { crc, bytes }) => combineCrc(partCrc, sum, crc ?? "", bytes), first.crc ?? "");
  return { [partCrc]: whole };
}

/** `null`: not every part has a digest of its own, since a stream was hashed as a whole until it broke. */
async function digestOfParts({ partBytes }: FillPlan, done: readonly DonePart[]): Promise<PartsDigest | null> {
  const digests = done.map(({ sha256 }) => (sha256 === null ? null : fromHex(sha256)));
  if (digests.some((digest) => digest === null)) return null;
  const all = new Uint8Array(digests.length * 32);
  for (const [index, digest] of digests.entries()) all.set(digest ?? [], index * 32);
  return { sha256: toHex(new Uint8Array(await crypto.subtle.digest("SHA-256", all))), partBytes };
}
