import { fakeEntryLedger } from "../fakes/entry-ledger.ts";
import { entryLedgerContract, SEARCHED } from "./entry-ledger.contract.ts";
import { newTenant } from "./keys.ts";

entryLedgerContract("fake", async () => ({ ledger: fakeEntryLedger(SEARCHED), tenants: [newTenant(), newTenant()] }));
