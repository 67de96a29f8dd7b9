import type { Failure } from "../core/entry.ts";
import { isFinal } from "../core/fills/faults.ts";
import { type RetryTimes, retryDelaySeconds } from "../core/fills/retry-delay.ts";
import type { BatchName } from "../core/preload/batch.ts";
import type { ManifestMessage, ManifestUrlMessage } from "../core/preload/manifest-message.ts";
import type { TenantId } from "../core/tenant.ts";
import type { ManifestQueue } from "../ports/manifest-queue.ts";
import type { ManifestSplit } from "../ports/preload-batches.ts";
import { manifestUrlPlace } from "./accept-manifest.ts";
import { type ExpandChunkParts, expandChunk } from "./expand-chunk.ts";
import { type FetchManifestParts, fetchManifest } from "./fetch-manifest.ts";
import type { FillOutcome } from "./fill.ts";
import { asFillFailed } from "./fill-failed.ts";
import type { Report } from "./in-background.ts";
import { manifestChunks } from "./manifest-chunks.ts";
import { sendChunks } from "./send-chunks.ts";
import { ManifestRefused, splitManifest } from "./split-manifest.ts";

export type ExpandManifestParts = ExpandChunkParts &
  FetchManifestParts & {
    readonly manifests: ManifestQueue;
    readonly report: Report;
    /** In [0, 1). */
    readonly random: () => number;
    readonly retryTimes: RetryTimes;
    /** As often as the queue delivers a message. */
    readonly maxAttempts: number;
  };

const DONE: FillOutcome = { done: true };

/**
 * Works on a message about a manifest. `attempt`, from 1, counts the deliveries of this very message. Rejects when a part
 * of ours cannot be reached.
 */
export async function expandManifest(
  message: ManifestMessage,
  attempt: number,
  parts: ExpandManifestParts,
): Promise<FillOutcome> {
  if (message.kind === "manifest") return await fetchAndSplit(message, attempt, parts);
  await expandChunk(message, parts);
  return DONE;
}

/** Fetches a manifest, keeps its lines, and has them expanded. What was read once is not fetched again. */
async function fetchAndSplit(
  message: ManifestUrlMessage,
  attempt: number,
  parts: ExpandManifestParts,
): Promise<FillOutcome> {
  const name: BatchName = { tenant: message.tenant as TenantId, id: message.batch };
  const standing = await parts.batches.standing(name);
  if (!standing || standing.failed) return DONE;
  const split = standing.split ?? (await read(name, message, attempt, parts));
  if (split === null) return DONE;
  if ("retryInSeconds" in split) return split;
  await sendChunks(name, split, message.requestId, parts);
  return DONE;
}

/** The reading that counts; `null`: there will be none, and the batch says why. */
async function read(
  name: BatchName,
  { sealedUrl }: ManifestUrlMessage,
  run: number,
  parts: ExpandManifestParts,
): Promise<ManifestSplit | { readonly retryInSeconds: number } | null> {
  const { batches, directory, report, retryTimes, random, maxAttempts } = parts;
  const tenant = await directory.find({ by: "id", value: name.tenant });
  if (!tenant) return null;
  const chunks = manifestChunks(name, run, parts);
  let split: ManifestSplit;
  try {
    split = await splitManifest(fetchManifest(sealedUrl, manifestUrlPlace(name), tenant, parts), run, chunks);
  } catch (error) {
    report("manifest", error);
    const { failure, final, retryAfterMs } = whyNot(error, run);
    if (!final && run < maxAttempts) {
      return { retryInSeconds: retryDelaySeconds(run, retryTimes, random(), retryAfterMs) };
    }
    await batches.fail(name, failure);
    return null;
  }
  const counts = await batches.noteSplit(name, split);
  // A second delivery was faster, or the batch is forgotten.
  if (counts?.run !== run) await chunks.dropAll(split.chunks);
  return counts;
}

function whyNot(error: unknown, attempt: number): { failure: Failure; final: boolean; retryAfterMs: number | null } {
  if (error instanceof ManifestRefused) return { failure: error.failure, final: true, retryAfterMs: null };
  const { fault } = asFillFailed(error);
  const { code, message, retryAfterMs } = fault;
  return { failure: { code, message }, final: isFinal(fault, attempt), retryAfterMs };
}
