import { type EntryKey, entryKeyOf } from "../../src/core/entry-key.ts";
import type { TenantId } from "../../src/core/tenant.ts";

/** A tenant that no other test has: real stores outlive a test. */
export function newTenant(): TenantId {
  return `tenant-${crypto.randomUUID()}` as TenantId;
}

/** The entry of this number: ids are 43 characters long and sort as their numbers do. */
export function numberedKey(tenant: TenantId, number: number): EntryKey {
  return entryKeyOf(tenant, String(number).padStart(43, "0"));
}

export function newKey(tenant = newTenant()): EntryKey {
  return entryKeyOf(tenant, crypto.randomUUID().replaceAll("-", "").padEnd(43, "x"));
}
