import { describe, expect, test } from "vitest";
import type { RateLimit } from "../../src/ports/rate-limit.ts";

/** `limit` lets through three times a minute. */
export function rateLimitContract(name: string, limit: RateLimit): void {
  describe(`RateLimit: ${name}`, () => {
    test("lets a key through so many times, and others beside it", async () => {
      const [mine, other] = [crypto.randomUUID(), crypto.randomUUID()];
      const tries = 4 * limit.perMinute;
      const admitted: boolean[] = [];
      for (let time = 0; time < tries; time++) admitted.push(await limit.admit(mine));
      // A minute may begin between them.
      const through = admitted.filter((each) => each).length;
      expect(through).toBeGreaterThanOrEqual(limit.perMinute);
      expect(through).toBeLessThanOrEqual(2 * limit.perMinute);
      expect(await limit.admit(other)).toBe(true);
    });
  });
}
