import type { EntryKey } from "../../src/core/entry-key.ts";
import type { TenantId } from "../../src/core/tenant.ts";
import type { UsageBatch } from "../../src/core/usage/batch.ts";
import type { Counts } from "../../src/core/usage/counters.ts";
import { HOUR_MS, type UsageCell } from "../../src/core/usage/tally.ts";

/** What was counted of an entry, or of no entry of a tenant's, in the hour of a moment. */
export function cellOf(of: EntryKey | TenantId, at: number, counts: Counts, rule: number | null = null): UsageCell {
  const [tenant, entry] = typeof of === "string" ? [of, null] : [of.tenant, of.id];
  return { tenant, hour: Math.floor(at / HOUR_MS), entry, rule, counts };
}

/** The first batch of an isolate of its own, unless it is another's. */
export function batchOf(cells: readonly UsageCell[], at: number, changes: Partial<UsageBatch> = {}): UsageBatch {
  const [id, isolate] = [crypto.randomUUID(), crypto.randomUUID()];
  return { version: 1, id, isolate, sequence: 1, at, cells, ...changes };
}
