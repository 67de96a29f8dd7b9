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
    async list(tenant, { before, limit }) {
      return records
        .filter((record) => record.tenant === tenant && (before === null || record.id < before))
        .toReversed()
        .slice(0, limit);
    },
  };
}
