import { type Copy, objectKey } from "../core/entry.ts";
import { fault } from "../core/fills/faults.ts";
import { brokenPromise } from "../core/fills/promised-digest.ts";
import { firstMismatch, mismatchFailure } from "../core/integrity/compare.ts";
import { FillFailed } from "./fill-failed.ts";
import type { FillJob, FillJobParts } from "./fill-job.ts";
import { publishCopy } from "./publish-copy.ts";
import type { Stored } from "./stored.ts";

/**
 * Tells of a stored object, if its bytes are what the origin declared and what the key promises; else deletes it, unread
 * by anybody, and throws DIGEST_MISMATCH with both values.
 */
export async function publishStored(job: FillJob, stored: Stored, parts: FillJobParts): Promise<void> {
  const { key, holder, message, rule } = job;
  const { computed, generation, size, headers, originEtag, partsDigest, freshUntil } = stored;
  const mismatch = firstMismatch(stored.declared, computed);
  const failure = mismatch ? mismatchFailure(mismatch) : brokenPromise(message.publicKey, computed);
  if (failure) {
    await parts.store.delete(objectKey(key, generation));
    await parts.gate.dropPlan(key, holder);
    throw new FillFailed(fault("DIGEST_MISMATCH", failure.message));
  }
  const copy: Copy = {
    ...{ generation, size, originEtag, partsDigest, freshUntil },
    contentType: headers.contentType,
    etag: headers.etag,
    sha256: computed.sha256 ?? null,
    storedAt: parts.clock.now(),
  };
  await publishCopy({ key, fence: holder.fence, rule: rule.id ?? null }, copy, parts);
  await parts.gate.finish(key, holder.fence, 0);
}
