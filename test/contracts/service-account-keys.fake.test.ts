import { fakeServiceAccountKeys } from "../fakes/service-account-keys.ts";
import { serviceAccountKeysContract } from "./service-account-keys.contract.ts";

serviceAccountKeysContract("fake", () => {
  const keys = fakeServiceAccountKeys();
  return {
    keys,
    publish: (email, published) =>
      keys.accounts.set(email, published === "unreachable" ? new Error("unreachable") : published),
  };
});
