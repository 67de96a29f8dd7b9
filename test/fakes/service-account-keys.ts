import type { ServiceAccountKeys } from "../../src/ports/service-account-keys.ts";

/** Keys by script: `accounts` by e-mail; an error is that Google cannot be reached. `asked` in the order of the calls. */
export type FakeServiceAccountKeys = ServiceAccountKeys & {
  readonly accounts: Map<string, readonly JsonWebKey[] | Error>;
  readonly asked: string[];
};

export function fakeServiceAccountKeys(): FakeServiceAccountKeys {
  const accounts: FakeServiceAccountKeys["accounts"] = new Map();
  const asked: string[] = [];
  return {
    accounts,
    asked,
    async find(email) {
      asked.push(email);
      const keys = accounts.get(email) ?? null;
      if (keys instanceof Error) throw keys;
      return keys;
    },
  };
}
