import { BATCH_AGE_MS } from "../core/preload/batch.ts";
import type { Clock } from "../ports/clock.ts";
import type { PreloadBatches } from "../ports/preload-batches.ts";
import type { Report } from "./in-background.ts";
import { type ManifestChunksParts, manifestChunks } from "./manifest-chunks.ts";

export type DropOldBatchesParts = ManifestChunksParts & {
  readonly batches: PreloadBatches;
  readonly clock: Clock;
  readonly report: Report;
  /** As often as the queue delivers a message; each time a manifest may have been read. */
  readonly maxAttempts: number;
};

/** Batches that one run forgets at most: a list may have a thousand entries, which go in one statement of 10 s. */
const LISTS_LIMIT = 50;
/** Of these manifests: one may have 300 chunks in the store, and an invocation has 10,000 calls. */
const MANIFESTS_LIMIT = 5;

type Old = Awaited<ReturnType<PreloadBatches["old"]>>[number];

/**
 * Forgets batches a week after they began, with what breaks have left of their manifests in the store. Returns how many. A
 * manifest that cannot be removed stays, and stops no other.
 */
export async function dropOldBatches(parts: DropOldBatchesParts): Promise<number> {
  const { batches, clock, report } = parts;
  const old = await batches.old(clock.now() - BATCH_AGE_MS, LISTS_LIMIT);
  const isList = ({ split }: Old) => split?.run === 0;
  const lists = old.filter(isList);
  if (lists.length > 0) await batches.drop(lists);
  let dropped = lists.length;
  for (const manifest of old.filter((each) => !isList(each)).slice(0, MANIFESTS_LIMIT)) {
    try {
      await dropChunks(manifest, parts);
      await batches.drop([manifest]);
      dropped += 1;
    } catch (error) {
      report("batches", error);
    }
  }
  return dropped;
}

async function dropChunks(manifest: Old, parts: DropOldBatchesParts): Promise<void> {
  for (let run = 1; run <= parts.maxAttempts; run += 1) {
    const chunks = manifestChunks(manifest, run, parts);
    // Those of the reading that counts went one by one, in any order; the gaps of one that broke off are narrow.
    const count = manifest.split?.run === run ? manifest.split.chunks : await chunks.count();
    await chunks.dropAll(count);
  }
}
