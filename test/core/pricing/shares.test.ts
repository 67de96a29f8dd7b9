import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { postgresShares, sharesOf } from "../../../src/core/pricing/shares.ts";

describe("shares in something whole", () => {
  it.each([
    [100n, [1n, 1n], [50n, 50n]],
    [100n, [1n, 1n, 1n], [33n, 34n, 33n]],
    [1n, [1n, 1n, 1n], [0n, 1n, 0n]],
    [7n, [0n, 3n, 0n], [0n, 7n, 0n]],
    [0n, [5n, 6n], [0n, 0n]],
    [9n, [], []],
    [9n, [0n, 0n], [0n, 0n]],
    [10n ** 18n, [1n, 10n ** 9n], [999_999_999n, 10n ** 18n - 999_999_999n]],
  ])("of %s by weights %s are %s", (whole, weights, shares) => {
    expect(sharesOf(whole, weights)).toEqual(shares);
  });

  it("add up to the whole, are near to what they weigh, and are never less than nothing", () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), weights, (whole, each) => {
        const shares = sharesOf(whole, each);
        const all = each.reduce((sum, weight) => sum + weight, 0n);
        expect(shares.reduce((sum, share) => sum + share, 0n)).toBe(all === 0n ? 0n : whole);
        for (const [at, share] of shares.entries()) {
          const off = share * all - whole * (each[at] ?? 0n);
          expect(share >= 0n && off <= all && off >= -all).toBe(true);
        }
      }),
    );
  });

  it("cannot weigh less than nothing", () => {
    expect(() => sharesOf(10n, [5n, -1n])).toThrow(RangeError);
  });
});

describe("tenants' shares in the database", () => {
  const used = { cuSeconds: 1000n, byteHours: 900n, egressBytes: 10n };

  it("are time and what it sends by requests, what it keeps by entries", () => {
    const busy = { workerRequests: 3n, entries: 1n };
    const large = { workerRequests: 1n, entries: 8n };
    expect(postgresShares(used, [busy, large])).toEqual([
      { postgresCuSeconds: 750n, postgresByteHours: 100n, postgresEgressBytes: 8n },
      { postgresCuSeconds: 250n, postgresByteHours: 800n, postgresEgressBytes: 2n },
    ]);
  });

  it("are all of it for whoever is alone, and nobody's where there was nobody", () => {
    const all = { postgresCuSeconds: 1000n, postgresByteHours: 900n, postgresEgressBytes: 10n };
    expect(postgresShares(used, [{ workerRequests: 1n, entries: 1n }])).toEqual([all]);
    expect(postgresShares(used, [])).toEqual([]);
  });
});
