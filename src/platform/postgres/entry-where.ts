import { and, eq, lte } from "drizzle-orm";
import type { EntryKey } from "../../core/entry-key.ts";
import { entries } from "./schema.ts";

/** The row of this entry. */
export function isEntry(key: EntryKey) {
  return and(eq(entries.tenantId, key.tenant), eq(entries.id, key.id));
}

/** The row of this entry, unless it has seen a higher fence. */
export function unlessNewer(key: EntryKey, fence: number) {
  return and(isEntry(key), lte(entries.fence, fence));
}
