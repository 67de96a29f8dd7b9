import { SnapbyteError } from "../../core/errors.ts";
import { allowingRule } from "../../core/origins/allow-list.ts";
import type { BatchName } from "../../core/preload/batch.ts";
import type { ManifestMessage, ManifestUrlMessage } from "../../core/preload/manifest-message.ts";
import type { TenantId } from "../../core/tenant.ts";
import type { Clock } from "../../ports/clock.ts";
import type { TenantDirectory } from "../../ports/directory.ts";
import type { ManifestQueue } from "../../ports/manifest-queue.ts";
import type { PreloadBatches } from "../../ports/preload-batches.ts";
import { manifestUrlPlace } from "../accept-manifest.ts";
import { type ManifestChunksParts, manifestChunks } from "../manifest-chunks.ts";
import { openManifestUrl } from "../open-manifest-url.ts";
import { refuseUnlessAlive } from "./replay-fill.ts";

export type ReplayManifestParts = ManifestChunksParts & {
  readonly directory: TenantDirectory;
  readonly batches: PreloadBatches;
  readonly manifests: ManifestQueue;
  readonly clock: Clock;
  /** Local development, where plain http and private hosts may be allowed by an origin rule. */
  readonly local: boolean;
};

type Sent = { readonly tenant: TenantId; readonly status: "queued" | "ready" };

/**
 * Sends a message about a manifest again, and its batch goes on. Throws 409 when the batch is forgotten or has failed for
 * another reason, and when what the message is about is not there any more.
 */
export async function replayManifest(
  message: ManifestMessage,
  requestId: string,
  parts: ReplayManifestParts,
): Promise<Sent> {
  const { batches, manifests } = parts;
  const tenant = message.tenant as TenantId;
  const name = { tenant, id: message.batch };
  const standing = await batches.standing(name);
  if (!standing) throw refusal("Its batch is forgotten; the manifest may be posted again.");
  if (message.kind === "manifest-chunk") {
    if ((await batches.chunk(name, message.chunk)) === "expanded") return { tenant, status: "ready" };
    const lines = await manifestChunks(name, message.run, parts).read(message.chunk);
    if (lines === null) throw refusal("Its lines are not there any more; the manifest may be posted again.");
  } else if (!standing.split) await refuseUnlessReachable(name, message, parts);
  if (!(await batches.reopen(name))) throw refusal("Its batch has failed for another reason.");
  await manifests.send([{ ...message, requestId }]);
  return { tenant, status: "queued" };
}

/** What was read of a manifest before needs its URL no more. */
async function refuseUnlessReachable(
  name: BatchName,
  { sealedUrl }: ManifestUrlMessage,
  { directory, ring, clock, local }: ReplayManifestParts,
): Promise<void> {
  const tenant = await directory.find({ by: "id", value: name.tenant });
  if (!tenant) throw refusal("Its tenant is gone.");
  const url = await openManifestUrl(sealedUrl, manifestUrlPlace(name), tenant.cnames, ring);
  if (!url) throw refusal("Its URL cannot be opened any more.");
  refuseUnlessAlive(url, clock.now());
  if (!allowingRule(tenant.originRules, url.raw, local)) throw refusal("Its origin is not on the allow-list any more.");
}

function refusal(why: string): SnapbyteError {
  return new SnapbyteError("NOT_REPLAYABLE", why);
}
