import { type AuditFilter, EVERY_RECORD } from "../../src/core/audit.ts";
import type { AuditLog, AuditRecord } from "../../src/ports/audit-log.ts";

/** A log in a list, the oldest first. */
export type FakeAuditLog = AuditLog & { readonly records: readonly AuditRecord[] };

export function fakeAuditLog(): FakeAuditLog {
  const records: AuditRecord[] = [];
  return {
    records,
    async record(event, now) {
      records.push({ ...structuredClone(event), id: records.length + 1, at: now });
    },
    async list(tenant, { before, limit, filter = EVERY_RECORD }) {
      return records
        .filter((record) => record.tenant === tenant && (before === null || record.id < before))
        .filter((record) => fits(record, filter))
        .toReversed()
        .slice(0, limit);
    },
  };
}

function fits({ action, who, at }: AuditRecord, filter: AuditFilter): boolean {
  const named = filter.action ?? action;
  return (
    (named.endsWith(".") ? action.startsWith(named) : action === named) &&
    (filter.who === null || who?.id === filter.who) &&
    at >= (filter.since ?? at) &&
    (filter.until === null || at < filter.until)
  );
}
