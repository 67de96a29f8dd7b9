import { PURGE_JOB_AGE_MS } from "../core/purge/purge-job.ts";
import type { PurgeJobs } from "../ports/purge-jobs.ts";
import { type AuditParts, recordAudit } from "./audit.ts";

/**
 * Forgets purges a week after they began, and writes down which of them had not ended: those are given up. Never rejects:
 * the next run does what this one could not.
 */
export async function dropOldPurges(parts: AuditParts & { readonly purgeJobs: PurgeJobs }): Promise<void> {
  try {
    const open = await parts.purgeJobs.dropOld(parts.clock.now() - PURGE_JOB_AGE_MS);
    for (const { tenant, id, soft, purged } of open) {
      parts.report("purges", new Error(`the purge ${id} was given up`));
      const by = { actor: "schedule", address: null, requestId: id } as const;
      await recordAudit(tenant, by, "purge.given_up", { purge: id, soft, purged }, parts);
    }
  } catch (error) {
    parts.report("purges", error);
  }
}
