import { tenantTag } from "../core/cached-copy.ts";
import { type EntryKey, entryKeyOf } from "../core/entry-key.ts";
import { SnapbyteError } from "../core/errors.ts";
import type { PurgeJob } from "../core/purge/purge-job.ts";
import { MAX_FAILED, type PurgeMessage } from "../core/purge/purge-message.ts";
import type { TenantId } from "../core/tenant.ts";
import type { PurgeJobs } from "../ports/purge-jobs.ts";
import { recordAudit } from "./audit.ts";
import type { FillOutcome } from "./fill.ts";
import type { Report } from "./in-background.ts";
import { tryEntries } from "./purge-entries.ts";
import type { PurgeSelectionParts } from "./purge-selection.ts";
import { reach } from "./reach.ts";
import { selectEntries } from "./select-entries.ts";
import { untilWithdrawn } from "./withdraw.ts";

export type PurgeJobParts = Omit<PurgeSelectionParts, "newGeneration" | "inBackground">;

/** Entries of one page. */
const PAGE = 100;
/** Entries and ms after which a message sends itself on: an invocation has 10,000 calls, and others share it. */
const ENTRIES_OF_A_MESSAGE = 500;
const TIME_OF_A_MESSAGE_MS = 60_000;
/** Seconds until a message comes back that could not reach a part of ours. */
const RETRY_S = 30;

const DONE: FillOutcome = { done: true };

/** What is known of a purge. Throws 404 when the tenant has none of this id. */
export async function describePurge(
  tenant: TenantId,
  id: string,
  { purgeJobs, report }: { readonly purgeJobs: PurgeJobs; readonly report: Report },
): Promise<PurgeJob> {
  const job = await reach("purges", purgeJobs.find({ tenant, id }), report);
  if (!job) throw new SnapbyteError("NOT_FOUND");
  return job;
}

/**
 * Goes on with a large purge, page by page, and sends itself on. It is never given up while its job is remembered: after a
 * failure it comes back as a new message, where it was. What could not be purged keeps nothing behind it waiting, and is
 * tried again at the end. A second delivery finds little to do, and counts nothing twice, since a message says how many
 * were purged before it.
 */
export async function workOnPurge(message: PurgeMessage, parts: PurgeJobParts): Promise<FillOutcome> {
  const { purgeJobs, purges, report } = parts;
  const job = await purgeJobs.find({ tenant: message.tenant as TenantId, id: message.job });
  if (!job || job.finishedAt !== null) return DONE;
  let at: PurgeMessage = message;
  try {
    const { nextPage, again, isOver } = shareOf(job, parts);
    if (at.ended) at = await again(at);
    while (!at.ended && !isOver()) at = await nextPage(at);
    if (at.ended && at.failed.length === 0) await finish(job, message, parts);
    else await purges.send([at], at.failed.length > 0 ? RETRY_S : 0);
  } catch (error) {
    report("purge", error);
    await purges.send([at], RETRY_S);
  }
  return DONE;
}

/** What one message may do. */
function shareOf(job: PurgeJob, parts: PurgeJobParts) {
  const { clock, ledger, purgeJobs, report } = parts;
  const { tenant, selection, soft, createdAt: began } = job;
  const terms = { soft, began };
  const endsAt = clock.now() + TIME_OF_A_MESSAGE_MS;
  let entries = 0;
  /** Purges entries, and notes what became of them. */
  async function work(keys: readonly EntryKey[], at: PurgeMessage): Promise<PurgeMessage> {
    entries += keys.length;
    const { purged, failed } = await tryEntries(keys, terms, parts);
    const total = at.purged + purged.length;
    await purgeJobs.count(job, total);
    if (at.failed.length + failed.length > MAX_FAILED) throw failed[0]?.error;
    if (failed[0]) report("purge", failed[0].error);
    return { ...at, purged: total, failed: [...at.failed, ...failed.map(({ key }) => key.id)] };
  }
  return {
    isOver: () => entries >= ENTRIES_OF_A_MESSAGE || clock.now() >= endsAt,
    /** The next page. */
    async nextPage(at: PurgeMessage): Promise<PurgeMessage> {
      const { keys, cursor } = await selectEntries(
        tenant,
        selection,
        terms,
        { cursor: at.cursor, limit: PAGE },
        ledger,
      );
      return { ...(await work(keys, at)), ...(cursor === null ? { ended: true } : { cursor }) };
    },
    /** As many of those that failed as one message may try; what fails again comes behind the others. */
    async again(at: PurgeMessage): Promise<PurgeMessage> {
      const ids = at.failed.slice(0, ENTRIES_OF_A_MESSAGE);
      const keys = ids.map((id) => entryKeyOf(tenant, id));
      return await work(keys, { ...at, failed: at.failed.slice(ids.length) });
    },
  };
}

async function finish(job: PurgeJob, { requestId }: PurgeMessage, parts: PurgeJobParts): Promise<void> {
  const { tenant, id, soft } = job;
  // One tag for all of the tenant's: the network takes few calls, and this may be about a million entries.
  if (!soft) await untilWithdrawn([tenantTag(tenant)], parts);
  if (!(await parts.purgeJobs.finish(job, parts.clock.now()))) return;
  const purged = (await parts.purgeJobs.find(job))?.purged ?? job.purged;
  const by = { actor: "schedule", address: null, requestId } as const;
  await recordAudit(tenant, by, "purge.done", { purge: id, soft, purged }, parts);
}
