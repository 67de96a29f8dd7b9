import type { AuditBy } from "../core/audit.ts";
import { entryTag, tenantTag } from "../core/cached-copy.ts";
import { type EntryKey, entryKey, keyText } from "../core/entry-key.ts";
import { describeSelection } from "../core/purge/describe.ts";
import type { PurgeSelection } from "../core/purge/selection.ts";
import type { TenantId } from "../core/tenant.ts";
import type { PurgeJobs } from "../ports/purge-jobs.ts";
import type { PurgeQueue } from "../ports/purge-queue.ts";
import { type AuditParts, recordAudit } from "./audit.ts";
import type { InBackground } from "./in-background.ts";
import type { PurgeParts } from "./purge.ts";
import { type PurgeTerms, purgeEntries } from "./purge-entries.ts";
import { selectEntries } from "./select-entries.ts";
import { untilWithdrawn, type WithdrawParts } from "./withdraw.ts";

/** Entries that one call purges by itself: a second's work. */
export const PURGED_AT_ONCE = 200;
/** Pages that one call looks at for them. */
const PAGES_AT_ONCE = 10;

export type PurgeWish = { readonly selection: PurgeSelection; readonly soft: boolean };

/** `missing`: keys of a list of which there was nothing; `null`: the purge was of something else. */
export type PurgeOutcome =
  | { readonly done: true; readonly purged: number; readonly missing: readonly string[] | null }
  | { readonly done: false; readonly job: string };

export type PurgeSelectionParts = PurgeParts &
  WithdrawParts &
  AuditParts & {
    readonly purgeJobs: PurgeJobs;
    readonly purges: PurgeQueue;
    readonly inBackground: InBackground;
    /** A name that was never used before. */
    readonly newGeneration: () => string;
  };

/**
 * Purges everything that a selection is about, or has the consumers do it where that is more than one call may do. Rejects
 * when a part of ours cannot be reached; the same call again does what is left. Either is written down, and goes on when
 * the caller leaves: what was done must not stay unwritten.
 */
export async function purgeSelection(
  tenant: TenantId,
  wish: PurgeWish,
  by: AuditBy,
  parts: PurgeSelectionParts,
): Promise<PurgeOutcome> {
  const work = purgeWritten(tenant, wish, by, parts);
  // Who waits hears of a failure, and reports it.
  parts.inBackground(work.catch(() => {}));
  return await work;
}

async function purgeWritten(
  tenant: TenantId,
  wish: PurgeWish,
  by: AuditBy,
  parts: PurgeSelectionParts,
): Promise<PurgeOutcome> {
  const { selection, soft } = wish;
  const began = parts.clock.now();
  const detail = { ...describeSelection(selection), soft };
  const record = async (more: Readonly<Record<string, string | number>>) =>
    await recordAudit(tenant, by, "purge", { ...detail, ...more }, parts);
  // First: whatever passes through us now, and nobody has been told of, must not be kept.
  await parts.withdrawals.notePurging(tenant, began);
  const keys = await gather(tenant, selection, { soft, began }, parts);
  try {
    if (keys === null) {
      const job = await queueUp(tenant, wish, began, by.requestId, parts);
      await record({ status: "queued", purge: job });
      return { done: false, job };
    }
    const purged = await purgeEntries(keys, { soft, began }, parts);
    if (!soft) await untilWithdrawn(selection.by === "all" ? [tenantTag(tenant)] : purged.map(entryTag), parts);
    await record({ status: "done", purged: purged.length });
    const missing = selection.by === "keys" ? await missingOf(tenant, selection.keys, purged) : null;
    return { done: true, purged: purged.length, missing };
  } catch (error) {
    await record({ status: "incomplete" });
    throw error;
  }
}

/** All entries that are meant; `null`: more than one call may do, or more than it may look for. */
async function gather(
  tenant: TenantId,
  selection: PurgeSelection,
  terms: PurgeTerms,
  { ledger }: PurgeSelectionParts,
): Promise<readonly EntryKey[] | null> {
  const keys: EntryKey[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < PAGES_AT_ONCE; page += 1) {
    const limit = PURGED_AT_ONCE + 1 - keys.length;
    const selected = await selectEntries(tenant, selection, terms, { cursor, limit }, ledger);
    keys.push(...selected.keys);
    if (keys.length > PURGED_AT_ONCE) return null;
    if (selected.cursor === null) return keys;
    cursor = selected.cursor;
  }
  return null;
}

/** The row comes first: a message whose job is not there is done with. */
async function queueUp(
  tenant: TenantId,
  wish: PurgeWish,
  began: number,
  requestId: string,
  { purgeJobs, purges, newGeneration }: PurgeSelectionParts,
): Promise<string> {
  const id = newGeneration();
  await purgeJobs.begin({ tenant, id, ...wish }, began);
  const begins = { cursor: null, ended: false, failed: [], purged: 0 };
  await purges.send([{ version: 1, kind: "purge", tenant, job: id, ...begins, requestId }]);
  return id;
}

async function missingOf(tenant: TenantId, names: readonly string[], purged: readonly EntryKey[]): Promise<string[]> {
  const found = new Set(purged.map(keyText));
  const keys = names.map((key) => entryKey(tenant, { by: "custom", key }));
  return names.filter((_, position) => !found.has(keyText(keys[position] as EntryKey)));
}
