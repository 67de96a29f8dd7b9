import { fakeEntryLedger } from "../fakes/entry-ledger.ts";
import { entryLedgerContract } from "./entry-ledger.contract.ts";
import { newTenant } from "./keys.ts";

entryLedgerContract("fake", async () => ({ ledger: fakeEntryLedger(), tenants: [newTenant(), newTenant()] }));
