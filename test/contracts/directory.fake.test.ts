import { fakeApiKeys, latestUse } from "../fakes/directory.ts";
import { apiKeysContract, beforeFake, tenantDirectoryContract } from "./directory.contract.ts";

tenantDirectoryContract("fake", beforeFake());

apiKeysContract("fake", async (callers) => {
  const keys = fakeApiKeys();
  for (const [hash, caller] of callers) keys.callers.set(hash, caller);
  return { keys, usedAt: async (hash) => latestUse(keys, hash) };
});
