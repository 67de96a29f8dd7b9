import { fakeApiKeys, fakeTenants } from "../fakes/directory.ts";
import { apiKeysContract, tenantDirectoryContract } from "./directory.contract.ts";

tenantDirectoryContract("fake", async (known) => fakeTenants(known));

apiKeysContract("fake", async (callers) => {
  const keys = fakeApiKeys();
  for (const [hash, caller] of callers) keys.callers.set(hash, caller);
  return keys;
});
