import { describe, expect, it } from "vitest";
import { drawer, ranksOfShare, repeatable, zipfShares } from "../../bench/world/zipf.ts";

describe("popularity", () => {
  it("is half of the first one's for the second object, a third for the third, and one in all", () => {
    const shares = zipfShares(1000);
    const [first = 0, second, third] = shares;
    expect(second).toBeCloseTo(first / 2);
    expect(third).toBeCloseTo(first / 3);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
  });

  it("is drawn as the shares say, the same in each run", () => {
    const shares = zipfShares(100);
    const [one, other] = [drawer(shares, repeatable(7)), drawer(shares, repeatable(7))];
    const drawn = Array.from({ length: 20_000 }, one);
    expect(drawn.slice(0, 100)).toEqual(Array.from({ length: 100 }, other));
    const ofFirst = drawn.filter((rank) => rank === 0).length / drawn.length;
    expect(ofFirst).toBeCloseTo(shares[0] ?? 0, 1);
    expect(Math.min(...drawn)).toBe(0);
    expect(Math.max(...drawn)).toBe(99);
  });

  it("of what is missing is the share that was wished for, of popular and of rare objects", () => {
    const shares = zipfShares(100_000);
    const missing = ranksOfShare(shares, 0.05);
    const sum = [...missing].reduce((all, rank) => all + (shares[rank] ?? 0), 0);
    expect(sum).toBeCloseTo(0.05, 3);
    expect(Math.min(...missing)).toBeLessThan(100);
    expect(Math.max(...missing)).toBeGreaterThan(99_000);
  });
});
