import type { AuditEvent, AuditFilter } from "../core/audit.ts";
import type { TenantId } from "../core/tenant.ts";

/** An event as it was written down; `at` in ms since the epoch. */
export type AuditRecord = AuditEvent & { readonly id: number; readonly at: number };

/** A page of the log: the newest first, at most `limit`, those before the record of this id (`null`: from the newest). */
export type AuditPage = {
  readonly before: number | null;
  readonly limit: number;
  /** Absent: every record. */
  readonly filter?: AuditFilter;
};

/** What changed, by whom, in the order in which it was written down; nothing is ever taken out. */
export type AuditLog = {
  record(event: AuditEvent, now: number): Promise<void>;
  list(tenant: TenantId, page: AuditPage): Promise<readonly AuditRecord[]>;
};
