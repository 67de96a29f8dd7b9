import { fakeAccounts } from "../fakes/accounts.ts";
import { accountsContract } from "./accounts.contract.ts";

accountsContract("fake", async () => fakeAccounts(Date));
