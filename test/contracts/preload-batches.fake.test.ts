import { fakeEntryLedger } from "../fakes/entry-ledger.ts";
import { fakePreloadBatches } from "../fakes/preload-batches.ts";
import { newTenant } from "./keys.ts";
import { preloadBatchesContract } from "./preload-batches.contract.ts";

preloadBatchesContract("fake", async () => {
  const ledger = fakeEntryLedger();
  return { ledger, batches: fakePreloadBatches(ledger), tenants: [newTenant(), newTenant()] };
});
