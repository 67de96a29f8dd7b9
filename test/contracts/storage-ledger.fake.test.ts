import type { TenantId } from "../../src/core/tenant.ts";
import { fakeStorageLedger } from "../fakes/storage-ledger.ts";
import { newTenant } from "./keys.ts";
import { storageLedgerContract } from "./storage-ledger.contract.ts";

storageLedgerContract("fake", async () => {
  const stored = new Map<TenantId, number>();
  return {
    storage: fakeStorageLedger(() => stored),
    tenants: [newTenant(), newTenant()],
    store: async (tenant, bytes) => void stored.set(tenant, bytes),
  };
});
