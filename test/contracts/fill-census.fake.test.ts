import { fakeEntryLedger } from "../fakes/entry-ledger.ts";
import { fakeFillCensus } from "../fakes/fill-census.ts";
import { fillCensusContract } from "./fill-census.contract.ts";
import { newKey } from "./keys.ts";

fillCensusContract("fake", async () => {
  const ledger = fakeEntryLedger();
  return { census: fakeFillCensus(ledger), ledger, key: newKey() };
});
