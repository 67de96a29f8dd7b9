import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AUTO_BYTES } from "../../../src/app/pass-through.ts";
import { MAX_OBJECT_BYTES } from "../../../src/core/fills/fill-choice.ts";
import { AUTO_STREAM_BYTES, estimate, trafficOf, type Wishes } from "../../../src/core/pricing/estimate.ts";
import { ledgerOf } from "../../../src/core/pricing/ledger.ts";
import { paidToOrigin, saved, wouldHavePaid } from "../../../src/core/pricing/ledger-row.ts";
import { inDollars } from "../../../src/core/pricing/money.ts";
import { sharesOf } from "../../../src/core/pricing/shares.ts";
import { NO_TRAFFIC, type Traffic } from "../../../src/core/pricing/traffic.ts";
import { anyTariff, DAY, flatTariff, PLATFORM, tariff } from "./price-samples.ts";

const MB = 10n ** 6n;
const S3 = tariff("s3/us-europe");
const WISHES: Wishes = { gbPerMonth: 10_000n, repeatsPerMille: 750n, objectBytes: 10n * MB, mode: "stream" };
const of = (wishes: Partial<Wishes>, prices = S3) => estimate({ ...WISHES, ...wishes }, prices, DAY);

const anyWishes: fc.Arbitrary<Wishes> = fc.record({
  gbPerMonth: fc.bigInt({ min: 0n, max: 10n ** 7n }),
  repeatsPerMille: fc.bigInt({ min: 0n, max: 1000n }),
  objectBytes: fc.bigInt({ min: 1000n, max: BigInt(MAX_OBJECT_BYTES) }),
  mode: fc.constantFrom("redirect", "stream", "auto"),
});

/** A month's traffic on thirty days, in parts of any size. */
function spread(whole: Traffic, weights: readonly bigint[]): { day: string; rule: string; traffic: Traffic }[] {
  const { counted: _, ...counts } = whole;
  const parts = Object.entries(counts).map(([name, count]) => [name, sharesOf(count, weights)] as const);
  return weights.map((_weight, at) => {
    const traffic = { ...NO_TRAFFIC, ...Object.fromEntries(parts.map(([name, each]) => [name, each[at] ?? 0n])) };
    return { day: `2026-11-${String(at + 1).padStart(2, "0")}`, rule: "bucket", traffic };
  });
}

describe("the traffic that somebody tells us of", () => {
  it("is hits for what repeats, and a fill for each object, which passes through us once", () => {
    expect(trafficOf(WISHES)).toMatchObject({
      ...{ hits: 750_000n, misses: 250_000n, deliveries: 1_000_000n, deliveredBytes: 10n ** 13n },
      ...{ redirects: 0n, fills: 250_000n, fillRequests: 250_000n, fillBytes: 25n * 10n ** 11n, storeWrites: 250_000n },
      storedByteHours: 25n * 10n ** 11n * 720n,
    });
  });

  it("is sent twice by the origin the first time where first downloads are redirected", () => {
    expect(trafficOf({ ...WISHES, mode: "redirect" })).toMatchObject({
      ...{ deliveredBytes: 75n * 10n ** 11n, redirects: 250_000n, redirectedBytes: 25n * 10n ** 11n },
      fillBytes: 25n * 10n ** 11n,
    });
  });

  it.each([
    [AUTO_STREAM_BYTES, 0n],
    [AUTO_STREAM_BYTES + 1n, 1n],
  ])("is redirected under auto above 1 GiB: %s bytes", (objectBytes, redirects) => {
    expect(trafficOf({ gbPerMonth: 1n, repeatsPerMille: 0n, objectBytes, mode: "auto" }).redirects).toBe(redirects);
  });

  it("knows where auto begins to redirect from where that is done", () => {
    expect(AUTO_STREAM_BYTES).toBe(BigInt(AUTO_BYTES));
  });

  it.each([
    [64n * 2n ** 20n, 1n, 1n],
    [64n * 2n ** 20n + 1n, 9n, 11n],
    [2n ** 30n, 128n, 130n],
  ])("stores an object of %s bytes with %s GETs and %s writes", (objectBytes, gets, writes) => {
    const { fills, fillRequests, storeWrites } = trafficOf({
      ...WISHES,
      gbPerMonth: 1n,
      repeatsPerMille: 0n,
      objectBytes,
    });
    expect([fillRequests / fills, storeWrites / fills]).toEqual([gets, writes]);
  });

  it.each([
    { gbPerMonth: -1n },
    { repeatsPerMille: -1n },
    { repeatsPerMille: 1001n },
    { objectBytes: 0n },
    { objectBytes: -5n },
    { objectBytes: BigInt(MAX_OBJECT_BYTES) + 1n },
  ])("cannot be %o", (wrong) => {
    expect(() => trafficOf({ ...WISHES, ...wrong })).toThrow(RangeError);
  });
});

describe("what a month would save", () => {
  it("is what anybody works out by hand, with round prices", () => {
    // 10,000 GB at 0.10 a GB of 10^9 bytes; a quarter of it goes out once for the copies.
    const { wouldHavePaid: would, paidToOrigin: paid, amounts } = of({}, flatTariff("0.10", "0", 10n ** 9n));
    expect([inDollars(would, 2), inDollars(paid, 2)]).toEqual(["1000.00", "250.00"]);
    expect(amounts.redirected).toBe(0n);
  });

  it("is two thirds and more where three of four downloads repeat, the platform's charge included", () => {
    const { wouldHavePaid: would, paidToPlatform, saved: kept } = of({});
    expect(inDollars(would, 2)).toBe("829.59");
    expect(Number(kept) / Number(would)).toBeGreaterThan(0.66);
    expect(inDollars(paidToPlatform, 2)).toBe("45.41");
  });

  it("is nothing for a month of nothing", () => {
    expect(of({ gbPerMonth: 0n })).toMatchObject({
      wouldHavePaid: 0n,
      paidToOrigin: 0n,
      paidToPlatform: 0n,
      saved: 0n,
    });
  });

  it("is a loss where nothing repeats, and where the origin takes nothing for bytes", () => {
    expect(of({ repeatsPerMille: 0n }).saved).toBeLessThan(0n);
    expect(of({}, tariff("r2")).saved).toBeLessThan(0n);
  });

  it("is more where the origin sends each object once than where it sends it twice", () => {
    expect(of({ mode: "stream" }).saved).toBeGreaterThan(of({ mode: "redirect" }).saved);
  });

  it("is what is left of both bills", () => {
    fc.assert(
      fc.property(anyWishes, anyTariff, (wishes, prices) => {
        const found = estimate(wishes, prices, DAY);
        expect(found.saved).toBe(found.wouldHavePaid - found.paidToOrigin - found.paidToPlatform);
      }),
    );
  });

  it("is what the ledger says of the same traffic, however that falls on the days of a month", () => {
    const weights = fc.array(fc.bigInt({ min: 0n, max: 1000n }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(anyWishes, anyTariff, weights, (wishes, prices, [first = 0n, ...others]) => {
        const found = estimate(wishes, prices, DAY);
        const days = spread(found.traffic, [first + 1n, ...others]);
        const [month] = ledgerOf(days, { origin: () => prices, platform: () => PLATFORM });
        if (!month) throw new Error("a month without a ledger");
        expect(wouldHavePaid(month.total)).toBe(found.wouldHavePaid);
        expect(paidToOrigin(month.total)).toBe(found.paidToOrigin);
        expect(month.total.platform).toBe(found.paidToPlatform);
        expect(month.rows.reduce((sum, { amounts }) => sum + saved(amounts), 0n)).toBe(found.saved);
      }),
    );
  });
});
