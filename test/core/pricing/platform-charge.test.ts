import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dollars } from "../../../src/core/pricing/money.ts";
import { accountCharge, addUsage, platformCharge } from "../../../src/core/pricing/platform-charge.ts";
import { PLATFORM_METERS, type PlatformUsage } from "../../../src/core/pricing/platform-tariff.ts";
import { PLATFORM_TARIFFS, platformTariff } from "../../../src/core/pricing/platform-tariffs.ts";
import { anyQuantity, DAY, MILLION, PLATFORM } from "./price-samples.ts";

const GB = 10n ** 9n;
const anyUsage: fc.Arbitrary<PlatformUsage> = fc.dictionary(fc.constantFrom(...PLATFORM_METERS), anyQuantity);

describe("the platform's price table", () => {
  it.each(PLATFORM_TARIFFS)("of $from says where its figures come from", ({ from, sources, meters }) => {
    expect(from).toMatch(/^20\d\d-\d\d-\d\d$/);
    expect(sources.length).toBeGreaterThanOrEqual(6);
    for (const { page, readOn, asOf, currency, note } of sources) {
      expect(page).toMatch(/^https:\/\/(?:developers\.cloudflare\.com|neon\.com)\//);
      expect(asOf <= readOn).toBe(true);
      expect(currency).toBe("USD");
      expect(note).not.toBe("");
    }
    for (const { unit, price, included } of Object.values(meters)) {
      expect(unit > 0n && price > 0n && included >= 0n).toBe(true);
    }
  });

  it("is the one in force on a day, the first before all of them", () => {
    expect(platformTariff(DAY).id).toBe("platform");
    expect(platformTariff("1999-01-01")).toBe(PLATFORM_TARIFFS[0]);
  });
});

describe("what one tenant's use of the platform costs", () => {
  it.each([
    ["workerRequests", MILLION, "0.30"],
    ["cpuNanoseconds", 10n ** 12n, "0.02"],
    ["kvReads", MILLION, "0.50"],
    ["kvWrites", MILLION, "5"],
    ["kvDeletes", MILLION, "5"],
    ["queueOperations", 3n * MILLION, "1.20"],
    ["objectRequests", MILLION, "0.15"],
    // A million GB-s: 7,812,500 s of 128 MB.
    ["objectMilliseconds", 7_812_500_000n, "12.50"],
    ["objectRowsRead", MILLION, "0.001"],
    ["objectRowsWritten", MILLION, "1"],
    ["storeWrites", MILLION, "4.50"],
    ["storeReads", MILLION, "0.36"],
    ["storedByteHours", 1000n * GB * 720n, "15"],
    // The examples of R2's page: 1 GB for 5 days and 3 GB for 25 are 2.66 GB-months.
    ["storedByteHours", GB * 24n * 5n + 3n * GB * 24n * 25n, "0.04"],
    // The examples of Neon's page: 500,000 CU-s (there of the Scale plan), 2 GB for 31 days.
    ["postgresCuSeconds", 3_600_000n, "106"],
    ["postgresByteHours", 2n * GB * 24n * 31n, "0.70"],
    ["postgresEgressBytes", 10n * GB, "1"],
  ] as const)("is for %s of %s $%s", (meter, quantity, cost) => {
    expect(platformCharge(PLATFORM, {}, { [meter]: quantity }).amount).toBe(dollars(cost));
  });

  it("has a line for each thing that was used, in the table's order", () => {
    const { lines, amount } = platformCharge(
      PLATFORM,
      {},
      { storeReads: MILLION, workerRequests: MILLION, kvReads: 0n },
    );
    expect(lines.map(({ meter, quantity }) => [meter, quantity])).toEqual([
      ["workerRequests", MILLION],
      ["storeReads", MILLION],
    ]);
    expect(amount).toBe(dollars("0.66"));
  });

  it("is the same in a month of 28 days: storage is by hours, and a GB kept through February is 28/30 of a GB-month", () => {
    const february = platformCharge(PLATFORM, {}, { storedByteHours: 300n * GB * 24n * 28n });
    expect(february.amount).toBe(dollars("4.2"));
  });

  it("costs together what its parts cost, however it is cut", () => {
    fc.assert(
      fc.property(fc.array(anyUsage, { maxLength: 5 }), (parts) => {
        let before: PlatformUsage = {};
        let sum = 0n;
        for (const part of parts) {
          sum += platformCharge(PLATFORM, before, part).amount;
          before = addUsage(before, part);
        }
        expect(sum).toBe(platformCharge(PLATFORM, {}, before).amount);
      }),
    );
  });
});

describe("what the account is charged for a month", () => {
  it("is the fee where nothing is used, and where what is included is enough", () => {
    expect(accountCharge(PLATFORM, {}).amount).toBe(dollars("5"));
    const included = {
      workerRequests: 10n * MILLION,
      objectMilliseconds: 3_125_000_000n,
      storedByteHours: 10n * GB * 720n,
    };
    expect(accountCharge(PLATFORM, included).amount).toBe(dollars("5"));
  });

  it.each([
    // The examples of Cloudflare's pages.
    [{ workerRequests: 15n * MILLION, cpuNanoseconds: 105n * 10n ** 12n }, "8"],
    [{ workerRequests: 100n * MILLION, cpuNanoseconds: 700n * 10n ** 12n }, "45.40"],
    [{ workerRequests: 720n, cpuNanoseconds: 720n * 180_000n * MILLION }, "6.992"],
    [{ queueOperations: 90n * MILLION }, "40.60"],
    [{ storeReads: 300n * MILLION }, "109.40"],
    [{ storedByteHours: 1000n * GB * 720n, storeWrites: 1000n, storeReads: MILLION }, "19.85"],
  ])("is for %o $%s", (used, cost) => {
    expect(accountCharge(PLATFORM, used).amount).toBe(dollars(cost));
  });

  it("is never more than what the tenants are charged together, and the fee", () => {
    fc.assert(
      fc.property(fc.array(anyUsage, { minLength: 1, maxLength: 5 }), (tenants) => {
        const all = tenants.reduce(addUsage);
        const charged = tenants.reduce((sum, used) => sum + platformCharge(PLATFORM, {}, used).amount, 0n);
        // Each meter of each tenant may be rounded down by half a nano-dollar.
        const rounding = BigInt(tenants.length * PLATFORM_METERS.length);
        expect(accountCharge(PLATFORM, all).amount).toBeLessThanOrEqual(charged + PLATFORM.base + rounding);
      }),
    );
  });
});

describe("usage of two", () => {
  it("is added up by what was used, and has nothing that neither used", () => {
    const sum = addUsage({ kvReads: 1n, kvWrites: 2n }, { kvReads: 10n, storeReads: 3n });
    expect(sum).toEqual({ kvReads: 11n, kvWrites: 2n, storeReads: 3n });
    expect(addUsage({}, {})).toEqual({});
  });
});
