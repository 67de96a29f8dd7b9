import { entryKey } from "../core/entry-key.ts";
import { CLOCK_SKEW_MS } from "../core/purge/purge-job.ts";
import type { PurgeSelection } from "../core/purge/selection.ts";
import type { TenantId } from "../core/tenant.ts";
import type { EntryLedger, SelectedEntries } from "../ports/entry-ledger.ts";
import type { PurgeTerms } from "./purge-entries.ts";

type Page = { readonly cursor: string | null; readonly limit: number };

/** For so long, in ms, the same purge again ends what one began that broke off, since its entries are purged already. */
const REPEATED_WITHIN_MS = 10 * 60_000;

/**
 * The next entries that a purge is about. What has a name of the caller's is meant whatever is known of it, since a fill
 * may be under way that the ledger has not heard of.
 */
export async function selectEntries(
  tenant: TenantId,
  selection: PurgeSelection,
  { soft, began }: PurgeTerms,
  { cursor, limit }: Page,
  ledger: Pick<EntryLedger, "select">,
): Promise<SelectedEntries> {
  if (selection.by !== "keys") {
    const terms = { before: began + CLOCK_SKEW_MS, purgedSince: soft ? null : began - REPEATED_WITHIN_MS };
    return await ledger.select(tenant, selection, { ...terms, cursor, limit });
  }
  const from = Number(cursor ?? 0);
  const names = selection.keys.slice(from, from + limit);
  const keys = names.map((key) => entryKey(tenant, { by: "custom", key }));
  return { keys, cursor: from + limit < selection.keys.length ? String(from + limit) : null };
}
