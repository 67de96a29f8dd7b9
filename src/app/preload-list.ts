import type { BatchName } from "../core/preload/batch.ts";
import type { TenantId } from "../core/tenant.ts";
import type { PreloadBatches } from "../ports/preload-batches.ts";
import { outcomeOf } from "./note-preloaded.ts";
import { type PreloadItem, type PreloadParts, type PreloadResult, preload } from "./preload.ts";

export type PreloadListParts = PreloadParts & {
  readonly batches: PreloadBatches;
  /** A name that was never used before. */
  readonly newGeneration: () => string;
};

/** Preloads the items of a list, and notes them as a batch. Rejects as `preload` does, and may be repeated. */
export async function preloadList(
  tenant: TenantId,
  items: readonly PreloadItem[],
  requestId: string,
  parts: PreloadListParts,
): Promise<{ readonly batch: string; readonly items: readonly PreloadResult[] }> {
  const { batches, clock, newGeneration } = parts;
  const results = await preload(items, requestId, parts);
  const name: BatchName = { tenant, id: newGeneration() };
  await batches.begin(name, { run: 0, lines: items.length, chunks: 1 }, clock.now());
  const numbered = items.map((item, position) => ({ line: position + 1, item }));
  await batches.noteChunk(name, 0, outcomeOf(numbered, results));
  return { batch: name.id, items: results };
}
