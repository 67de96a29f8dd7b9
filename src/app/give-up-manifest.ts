import { GAVE_UP } from "../core/preload/batch.ts";
import type { ManifestMessage } from "../core/preload/manifest-message.ts";
import type { TenantId } from "../core/tenant.ts";
import type { PreloadBatches } from "../ports/preload-batches.ts";
import { manifestUrlPlace } from "./accept-manifest.ts";
import { type NoteLetterParts, noteLetter } from "./dead-letters/note-letter.ts";
import { type ManifestChunksParts, manifestChunks } from "./manifest-chunks.ts";
import { openManifestUrl } from "./open-manifest-url.ts";

export type GiveUpManifestParts = ManifestChunksParts &
  NoteLetterParts & { readonly batches: PreloadBatches; readonly maxAttempts: number };

/**
 * Ends a message about a manifest that the queue has given up: its batch says so, and stays failed, and the message is
 * written down under `letter`, its id. What the other chunks of it want is filled all the same. The lines that it is about
 * stay until the batch is forgotten, so that it can be sent again.
 */
export async function giveUpManifest(
  message: ManifestMessage,
  letter: string,
  parts: GiveUpManifestParts,
): Promise<void> {
  const { batches, ring, maxAttempts } = parts;
  const tenant = message.tenant as TenantId;
  const name = { tenant, id: message.batch };
  const about = { tenant, key: null, batch: name.id, attempts: maxAttempts };
  if (message.kind === "manifest") {
    if (!(await batches.standing(name))) return;
    const failure = gaveUp("The manifest was tried too often without an end; it may be posted again.");
    await batches.fail(name, failure);
    const url = await openManifestUrl(message.sealedUrl, manifestUrlPlace(name), [], ring);
    const told = { ...about, kind: "manifest", failure, urlEndsAt: url?.expiresAt ?? null } as const;
    return await noteLetter(letter, message, told, parts);
  }
  if ((await batches.chunk(name, message.chunk)) !== "open") {
    // A second delivery was given up while the first one did its work, or the batch is forgotten.
    return await manifestChunks(name, message.run, parts).drop(message.chunk);
  }
  const failure = gaveUp("Some lines were tried too often without an end; the manifest may be posted again.");
  await batches.fail(name, failure);
  await noteLetter(letter, message, { ...about, kind: "manifest_chunk", failure, urlEndsAt: null }, parts);
}

function gaveUp(message: string) {
  return { code: GAVE_UP, message };
}
