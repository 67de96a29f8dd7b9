import { seal } from "../core/crypto/seal.ts";
import { SnapbyteError } from "../core/errors.ts";
import type { BatchName } from "../core/preload/batch.ts";
import type { TenantId } from "../core/tenant.ts";
import type { Clock } from "../ports/clock.ts";
import type { ManifestQueue } from "../ports/manifest-queue.ts";
import type { PreloadBatches } from "../ports/preload-batches.ts";
import type { Report } from "./in-background.ts";
import { type ManifestChunksParts, manifestChunks } from "./manifest-chunks.ts";
import type { Source } from "./read-source.ts";
import { sendChunks } from "./send-chunks.ts";
import { MANIFEST_REFUSALS, ManifestRefused, splitManifest } from "./split-manifest.ts";

export type AcceptManifestParts = ManifestChunksParts & {
  readonly batches: PreloadBatches;
  readonly manifests: ManifestQueue;
  readonly clock: Clock;
  readonly report: Report;
  /** A name that was never used before. */
  readonly newGeneration: () => string;
};

/** A body is read once. */
const ONLY_RUN = 1;

/**
 * Takes a manifest in as it comes, and hands its lines to the consumers once all of it is there. Returns the batch's id.
 * Throws 400 for one without lines, 413 for one that is too large, and rejects when a part of ours cannot be reached.
 */
export async function acceptManifest(
  tenant: TenantId,
  pieces: AsyncIterable<Uint8Array>,
  requestId: string,
  parts: AcceptManifestParts,
): Promise<string> {
  return await begin(tenant, parts, async (name) => {
    const split = await splitManifest(pieces, ONLY_RUN, manifestChunks(name, ONLY_RUN, parts));
    await parts.batches.noteSplit(name, split);
    await sendChunks(name, split, requestId, parts);
  });
}

/** Has a manifest fetched from an origin that the allow-list has, as `readSource` found. Returns the batch's id. */
export async function acceptManifestUrl(
  tenant: TenantId,
  { url }: Pick<Source, "url">,
  requestId: string,
  parts: AcceptManifestParts,
): Promise<string> {
  return await begin(tenant, parts, async (name) => {
    const sealedUrl = await seal(parts.ring, "manifest", url.fetchText, manifestUrlPlace(name));
    await parts.manifests.send([{ version: 1, kind: "manifest", tenant, batch: name.id, sealedUrl, requestId }]);
  });
}

/** What the URL of a batch's manifest is sealed to. */
export function manifestUrlPlace({ tenant, id }: BatchName): string {
  return `${tenant}/${id}/url`;
}

/** The row comes first: whatever a break leaves in the store is then found, and removed, by its batch. */
async function begin(
  tenant: TenantId,
  { batches, clock, newGeneration, report }: AcceptManifestParts,
  work: (name: BatchName) => Promise<void>,
): Promise<string> {
  const name = { tenant, id: newGeneration() };
  await batches.begin(name, null, clock.now());
  try {
    await work(name);
    return name.id;
  } catch (error) {
    const failure = { code: "INCOMPLETE", message: "The manifest was not taken in." };
    await batches.fail(name, failure).catch((problem: unknown) => report("batches", problem));
    if (!(error instanceof ManifestRefused)) throw error;
    const isEmpty = error.failure.code === MANIFEST_REFUSALS.empty.code;
    throw new SnapbyteError(isEmpty ? "INVALID_FIELD" : "BODY_TOO_LARGE", error.message);
  }
}
