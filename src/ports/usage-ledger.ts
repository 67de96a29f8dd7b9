import type { CountedByRule } from "../core/pricing/day-cells.ts";
import type { TenantId } from "../core/tenant.ts";
import type { UsageBatch } from "../core/usage/batch.ts";
import type { UsageGroup, UsageRow, UsageSpan } from "../core/usage/report.ts";

export type UsageQuestion = UsageSpan & {
  readonly group: UsageGroup;
  /** What of it is asked for, by EntryKey.id; `null`: all. */
  readonly entry: string | null;
  /** One that an earlier page of the same question gave. */
  readonly cursor: string | null;
  readonly limit: number;
};

/** Days that begin in [from, to), ms since the epoch, and how many rows at most. */
export type DaysQuestion = { readonly from: number; readonly to: number; readonly limit: number };

/** What was counted of a tenant on a day by an origin rule; counters of nothing are left out. */
export type TenantDay = CountedByRule & { readonly tenant: TenantId };

export type UsagePage = { readonly rows: readonly UsageRow[]; readonly cursor: string | null };

/** Batches of all tenants that were added, and those that others of the same isolate show to be missing. */
export type UsageArrivals = { readonly added: number; readonly missing: number };

/** All that was counted. */
export type UsageLedger = {
  /**
   * Adds batches, all or none, and the hits in them to their entries. One that was added before adds nothing. Returns how
   * many were new.
   */
  add(batches: readonly UsageBatch[]): Promise<number>;
  /** When the oldest of what is in no sum yet was added, ms since the epoch; `null`: everything is summed. */
  unsummedSince(): Promise<number | null>;
  /** Sums hours into days and months where something was added since. May be repeated; returns how many days changed. */
  rollUp(): Promise<number>;
  /** Forgets hours that begin before `hours`, and ids of batches that were closed before `batches`; ms since the epoch. */
  sweep(before: { readonly hours: number; readonly batches: number }): Promise<void>;
  /**
   * By period, then by group, in an order of its own. Tells of everything that was added, whether rolled up or not. Throws
   * 400 for a cursor that is none. `null`: of all tenants together, which are not told apart by key.
   */
  report(tenant: TenantId | null, question: UsageQuestion): Promise<UsagePage>;
  /** Of several tenants, by tenant, day and rule. Tells of everything that was added, too. */
  days(tenants: readonly TenantId[], question: DaysQuestion): Promise<readonly TenantDay[]>;
  /** Of isolates that were at work in [from, to). Isolates heard of since `settled` may yet send what is missing. */
  arrivals(span: { readonly from: number; readonly to: number; readonly settled: number }): Promise<UsageArrivals>;
};
