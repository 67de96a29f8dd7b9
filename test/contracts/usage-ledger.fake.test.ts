import { fakeEntryLedger } from "../fakes/entry-ledger.ts";
import { fakeUsageLedger } from "../fakes/usage-ledger.ts";
import { newTenant } from "./keys.ts";
import { usageLedgerContract } from "./usage-ledger.contract.ts";

usageLedgerContract("fake", async () => {
  const entries = fakeEntryLedger();
  const rules = new Map([
    [1, "https://a.example/"],
    [2, "http://b.example:8080/b"],
  ]);
  return { usage: fakeUsageLedger({ entries, rules }), entries, tenants: [newTenant(), newTenant()], rules: [1, 2] };
});
