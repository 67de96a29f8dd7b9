import type { BatchName } from "../core/preload/batch.ts";
import { CHUNKS_PER_SECOND } from "../core/preload/manifest-limits.ts";
import type { ManifestChunkMessage } from "../core/preload/manifest-message.ts";
import type { ManifestQueue } from "../ports/manifest-queue.ts";
import type { ManifestSplit } from "../ports/preload-batches.ts";
import { inTurns } from "./in-turns.ts";

/** Calls to the queue that are under way at once. */
const CALLS_AT_ONCE = 6;

/** Hands the chunks of a manifest to the consumers, some each second. Sent twice, they do nothing the second time. */
export async function sendChunks(
  { tenant, id: batch }: BatchName,
  { run, chunks }: ManifestSplit,
  requestId: string,
  { manifests }: { readonly manifests: ManifestQueue },
): Promise<void> {
  const seconds = Array.from({ length: Math.ceil(chunks / CHUNKS_PER_SECOND) }, (_, second) => second);
  await inTurns(seconds, CALLS_AT_ONCE, async (second) => {
    const first = second * CHUNKS_PER_SECOND;
    const messages = Array.from({ length: Math.min(CHUNKS_PER_SECOND, chunks - first) }, (_, index) => {
      const chunk = first + index;
      return {
        version: 1,
        kind: "manifest-chunk",
        tenant,
        batch,
        run,
        chunk,
        requestId,
      } satisfies ManifestChunkMessage;
    });
    await manifests.send(messages, second);
  });
}
