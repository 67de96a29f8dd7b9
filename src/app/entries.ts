import { type EntryState, isExpired, type LedgerEntry } from "../core/entry.ts";
import { entryKey } from "../core/entry-key.ts";
import { SnapbyteError } from "../core/errors.ts";
import type { TenantId } from "../core/tenant.ts";
import type { Page } from "../ports/entry-ledger.ts";
import type { Report } from "./in-background.ts";
import { type PurgeParts, purge } from "./purge.ts";
import { reach } from "./reach.ts";

export type EntriesParts = PurgeParts & { readonly report: Report };

/** What the ledger knows of an entry. One whose moment has come is removed on sight. Throws 404 when there is none. */
export async function describeEntry(tenant: TenantId, key: string, parts: EntriesParts): Promise<LedgerEntry> {
  const name = await entryKey(tenant, { by: "custom", key });
  const entry = await reach("entries", parts.ledger.find(name), parts.report);
  if (!entry) throw new SnapbyteError("NOT_FOUND");
  if (entry.state === "purged" || !isExpired(entry, parts.clock.now())) return entry;
  await reach("entries", purge(name, "expired", parts), parts.report);
  return { ...entry, state: "purged", copy: null };
}

/** A page of a tenant's entries, those that changed last first. */
export async function listEntries(
  tenant: TenantId,
  query: { state: EntryState | null; cursor: string | null; limit: number },
  { ledger, report }: EntriesParts,
): Promise<Page> {
  return await reach("entries", ledger.list(tenant, query), report);
}

/** Removes an entry's copy wherever it is. Throws 404 when there is none. */
export async function purgeEntry(tenant: TenantId, key: string, parts: EntriesParts): Promise<void> {
  const name = await entryKey(tenant, { by: "custom", key });
  if (!(await reach("entries", purge(name, "asked", parts), parts.report))) throw new SnapbyteError("NOT_FOUND");
}
