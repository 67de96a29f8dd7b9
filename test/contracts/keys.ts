import { type EntryKey, entryKeyOf } from "../../src/core/entry-key.ts";
import { gateShardOf } from "../../src/core/fills/gate-shards.ts";
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

/** So many entries that the same shard of the gate has. */
export function newKeysOfOneShard(count: number, first = newKey()): EntryKey[] {
  const keys = [first];
  while (keys.length < count) {
    const key = newKey(first.tenant);
    if (gateShardOf(key) === gateShardOf(first)) keys.push(key);
  }
  return keys;
}
