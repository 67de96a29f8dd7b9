import type { ManifestMessage } from "../core/preload/manifest-message.ts";
import type { TenantId } from "../core/tenant.ts";
import type { PreloadBatches } from "../ports/preload-batches.ts";
import { type ManifestChunksParts, manifestChunks } from "./manifest-chunks.ts";

/**
 * Ends a message about a manifest that the queue has given up: its batch says so, and stays failed. What the other chunks
 * of it want is filled all the same.
 */
export async function giveUpManifest(
  message: ManifestMessage,
  parts: ManifestChunksParts & { readonly batches: PreloadBatches },
): Promise<void> {
  const name = { tenant: message.tenant as TenantId, id: message.batch };
  if (message.kind === "manifest") {
    const text = "The manifest was tried too often without an end; it may be posted again.";
    await parts.batches.fail(name, { code: "GAVE_UP", message: text });
    return;
  }
  // A second delivery may have been given up while the first one did its work.
  if ((await parts.batches.chunk(name, message.chunk)) === "open") {
    const text = "Some lines were tried too often without an end; the manifest may be posted again.";
    await parts.batches.fail(name, { code: "GAVE_UP", message: text });
  }
  await manifestChunks(name, message.run, parts).drop(message.chunk);
}
