import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryDelaySeconds } from "../../../src/core/fills/retry-delay.ts";

const LONGEST = 900;
/** [0, 1), as Math.random gives. */
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe("the delay before another attempt", () => {
  it.each([
    [1, 10, 0, 5],
    [1, 10, 0.5, 8],
    [1, 10, 0.999, 10],
    [2, 10, 0, 10],
    [3, 10, 0, 20],
    [4, 10, 0.999, 80],
    [7, 10, 0, 320],
    [8, 10, 0, 450],
    [50, 10, 0.999, 900],
    [2000, 10, 0, 450],
    [1, 1, 0, 1],
  ])("after attempt %i, from %i s and by chance %d, is %i s", (attempt, base, chance, seconds) => {
    expect(retryDelaySeconds(attempt, base, chance)).toBe(seconds);
  });

  it("is a whole number of seconds, in the upper half of a doubling that is capped", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 1000 }),
        random,
        (attempt, base, chance) => {
          const full = Math.min(LONGEST, base * 2 ** (attempt - 1));
          const delay = retryDelaySeconds(attempt, base, chance);
          expect(Number.isInteger(delay)).toBe(true);
          expect(delay).toBeGreaterThanOrEqual(full / 2);
          expect(delay).toBeLessThanOrEqual(full);
        },
      ),
    );
  });

  it("does not shrink from attempt to attempt at the same chance", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), random, (attempt, chance) => {
        expect(retryDelaySeconds(attempt + 1, 10, chance)).toBeGreaterThanOrEqual(
          retryDelaySeconds(attempt, 10, chance),
        );
      }),
    );
  });
});
