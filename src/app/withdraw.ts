import type { EntryKey } from "../core/entry-key.ts";
import type { TenantId } from "../core/tenant.ts";
import { purgeShard } from "../core/withdrawals.ts";
import type { CdnPurge } from "../ports/edge-cache.ts";
import { WITHDRAWN_AFTER_MS, type WithdrawalLog } from "../ports/withdrawals.ts";
import type { Report } from "./in-background.ts";

export type WithdrawParts = {
  readonly withdrawals: Pick<WithdrawalLog, "notePurges" | "notePurging">;
  /** `null`: no network keeps public answers of this deployment. */
  readonly cdn: CdnPurge | null;
  /** Whether downloads may come out of a cache in front of the store. */
  readonly edgeCached: boolean;
  /** Resolves after so many ms. */
  readonly pause: (ms: number) => Promise<void>;
  readonly report: Report;
};

/** Tags of one call: https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/ */
const TAGS_AT_ONCE = 100;

/**
 * Withdraws what caches keep of copies whose bytes are gone from the store, and only then: what is read there afterwards
 * may be kept. Everybody knows of it {@link WITHDRAWN_AFTER_MS} later.
 */
export async function noteWithdrawn(
  keys: readonly EntryKey[],
  { withdrawals }: Pick<WithdrawParts, "withdrawals">,
): Promise<void> {
  const shards = new Map<TenantId, Set<number>>();
  for (const key of keys) shards.set(key.tenant, (shards.get(key.tenant) ?? new Set()).add(purgeShard(key)));
  for (const [tenant, wanted] of shards) await withdrawals.notePurges(tenant, [...wanted]);
}

/**
 * Waits until nobody can be served any more what was noted before this call, and has the network let go of everything with
 * these tags. A network that cannot be reached is reported: what it keeps is found under names that count no more.
 */
export async function untilWithdrawn(
  tags: readonly string[],
  { cdn, edgeCached, pause, report }: Omit<WithdrawParts, "withdrawals">,
): Promise<void> {
  if (edgeCached) await pause(WITHDRAWN_AFTER_MS);
  await purgeTags(tags, { cdn, report });
}

/** Has the network let go of everything with these tags. Never rejects: one that cannot be reached is reported. */
async function purgeTags(
  tags: readonly string[],
  { cdn, report }: Pick<WithdrawParts, "cdn" | "report">,
): Promise<void> {
  if (!cdn) return;
  for (let from = 0; from < tags.length; from += TAGS_AT_ONCE) {
    try {
      await cdn.purgeTags(tags.slice(from, from + TAGS_AT_ONCE));
    } catch (error) {
      report("cdn", error);
    }
  }
}
