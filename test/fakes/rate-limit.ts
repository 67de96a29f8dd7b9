import type { RateLimit } from "../../src/ports/rate-limit.ts";

/** Counts all that it is asked in one minute that never ends. `asked` tells of each key. */
export type FakeRateLimit = RateLimit & { readonly asked: string[] };

export function fakeRateLimit(perMinute: number): FakeRateLimit {
  const asked: string[] = [];
  return {
    perMinute,
    asked,
    async admit(key) {
      asked.push(key);
      return asked.filter((each) => each === key).length <= perMinute;
    },
  };
}
