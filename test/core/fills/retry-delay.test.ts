import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RETRY_TIMES, retryDelaySeconds } from "../../../src/core/fills/retry-delay.ts";

const LONGEST = RETRY_TIMES.longestSeconds;
/** [0, 1), as Math.random gives. */
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

function times(baseSeconds: number, longestSeconds = LONGEST) {
  return { baseSeconds, longestSeconds };
}

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
    expect(retryDelaySeconds(attempt, times(base), chance)).toBe(seconds);
  });

  it("is no longer than the longest, which is a setting", () => {
    expect(retryDelaySeconds(10, times(1, 8), 0.999)).toBe(8);
    expect(retryDelaySeconds(1, times(10, 2), 0)).toBe(1);
    const schedule = [1, 2, 3, 4, 5].map((attempt) => retryDelaySeconds(attempt, times(1, 8), 0.999));
    expect(schedule).toEqual([1, 2, 4, 8, 8]);
  });

  it("is a whole number of seconds, in the upper half of a doubling that is capped", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 1000 }),
        random,
        (attempt, base, chance) => {
          const full = Math.min(LONGEST, base * 2 ** (attempt - 1));
          const delay = retryDelaySeconds(attempt, times(base), chance);
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
        expect(retryDelaySeconds(attempt + 1, times(10), chance)).toBeGreaterThanOrEqual(
          retryDelaySeconds(attempt, times(10), chance),
        );
      }),
    );
  });
});

describe("an origin that said when to come back", () => {
  it.each([
    ["waits for that where it is longer", 1, 60_000, 0, 60],
    ["is asked a little later by chance", 1, 60_000, 0.5, 65],
    ["has its milliseconds rounded up", 1, 60_001, 0, 61],
    ["waits as long as ever where it is shorter", 4, 1000, 0, 40],
    ["waits as long as ever where it may come at once", 1, 0, 0, 5],
    ["waits longer than the longest", 50, 1_000_000, 0, 1000],
  ])("%s", (_, attempt, retryAfterMs, chance, seconds) => {
    expect(retryDelaySeconds(attempt, times(10), chance, retryAfterMs)).toBe(seconds);
  });

  it("is never asked before, and those who heard the same come over a base's time", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 0, max: 900_000 }),
        random,
        (attempt, retryAfterMs, chance) => {
          const own = retryDelaySeconds(attempt, times(10), chance);
          const delay = retryDelaySeconds(attempt, times(10), chance, retryAfterMs);
          expect(delay).toBeGreaterThanOrEqual(Math.max(own, retryAfterMs / 1000));
          expect(delay).toBeLessThanOrEqual(Math.max(own, Math.ceil(retryAfterMs / 1000) + 10));
        },
      ),
    );
  });
});
