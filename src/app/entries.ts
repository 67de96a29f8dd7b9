import type { AuditBy } from "../core/audit.ts";
import { isExpired, type LedgerEntry } from "../core/entry.ts";
import { entryKey } from "../core/entry-key.ts";
import type { EntryListing } from "../core/entry-listing.ts";
import { SnapbyteError } from "../core/errors.ts";
import type { FillProgress } from "../core/fills/fill-plan.ts";
import type { TenantId } from "../core/tenant.ts";
import type { Page } from "../ports/entry-ledger.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { Report } from "./in-background.ts";
import { type PurgeParts, purge } from "./purge.ts";
import { type PurgeSelectionParts, purgeSelection } from "./purge-selection.ts";
import { reach } from "./reach.ts";

/** How long the gate may take to tell of a fill, ms. */
const PROGRESS_BUDGET_MS = 1000;

export type EntriesParts = PurgeParts & { readonly report: Report };

/** What the ledger knows of an entry, and how far its fill has come; `progress` of `null`: none is known of. */
export type DescribedEntry = { readonly entry: LedgerEntry; readonly progress: FillProgress | null };

/** Of an entry. One whose moment has come is removed on sight. Throws 404 when there is none. */
export async function describeEntry(tenant: TenantId, key: string, parts: EntriesParts): Promise<DescribedEntry> {
  const name = entryKey(tenant, { by: "custom", key });
  const entry = await reach("entries", parts.ledger.find(name), parts.report);
  if (!entry) throw new SnapbyteError("NOT_FOUND");
  if (entry.state === "purged" || !isExpired(entry, parts.clock.now())) {
    return { entry, progress: await progressOf(entry, parts) };
  }
  await reach("entries", purge(name, "expired", parts), parts.report);
  return { entry: { ...entry, state: "purged", copy: null }, progress: null };
}

/** Only of what is wanted or on its way. Whoever asks can do without: a gate that does not answer is reported. */
async function progressOf({ key, state }: LedgerEntry, { gate, report }: EntriesParts): Promise<FillProgress | null> {
  if (state !== "filling" && state !== "stale") return null;
  try {
    return await withinBudget("the gate", PROGRESS_BUDGET_MS, gate.progress(key));
  } catch (error) {
    report("progress", error);
    return null;
  }
}

/** A page of a tenant's entries: those that changed last first, or in the order of what they begin with. */
export async function listEntries(
  tenant: TenantId,
  listing: EntryListing,
  { ledger, report }: EntriesParts,
): Promise<Page> {
  return await reach("entries", ledger.list(tenant, listing), report);
}

/**
 * Removes an entry's copy wherever it is, or has it made anew where the purge is a soft one. No request that starts after
 * this is served the old bytes. Throws 404 when there is none.
 */
export async function purgeEntry(
  tenant: TenantId,
  key: string,
  soft: boolean,
  by: AuditBy,
  parts: PurgeSelectionParts,
): Promise<void> {
  const wish = { selection: { by: "keys", keys: [key] }, soft } as const;
  const outcome = await reach("entries", purgeSelection(tenant, wish, by, parts), parts.report);
  if (outcome.done && outcome.purged === 0) throw new SnapbyteError("NOT_FOUND");
}
