import { describe, expect, it } from "vitest";
import { countedTraffic } from "../../../src/core/pricing/counted-traffic.ts";
import { ledgerOf } from "../../../src/core/pricing/ledger.ts";
import { inDollars } from "../../../src/core/pricing/money.ts";
import { NO_TRAFFIC } from "../../../src/core/pricing/traffic.ts";
import { flatTariff, PLATFORM, traffic } from "./price-samples.ts";

const MIB = 2 ** 20;

describe("what usage has counted", () => {
  it("is no traffic where nothing was counted", () => {
    expect(countedTraffic({})).toEqual(NO_TRAFFIC);
    expect(countedTraffic({ hits: undefined, purges: 3, refused_url: 9, uploads: 1 })).toEqual(NO_TRAFFIC);
  });

  it("is hits and what they downloaded from us; an answer without bytes would have been a GET as well", () => {
    expect(countedTraffic({ hits: 5, deliveries: 4, unchanged: 1, delivered_bytes: 1000 })).toEqual(
      traffic({ hits: 5n, deliveries: 5n, deliveredBytes: 1000n }),
    );
  });

  it("is of unknown size where the store's own address was given out, and what it is assumed to be is told", () => {
    expect(countedTraffic({ hits: 2, assumed_deliveries: 2, assumed_bytes: 5000 })).toEqual(
      traffic({ hits: 2n, unknownDeliveries: 2n, assumedBytes: 5000n }),
    );
  });

  it("leads everybody to the origin who had no copy, for whatever reason, and nobody knows what they took there", () => {
    expect(countedTraffic({ misses: 3, bypass_credentials: 2, bypass_over_limit: 1 })).toEqual(
      traffic({ misses: 3n, bypasses: 3n, redirects: 6n, unknownRedirects: 6n }),
    );
  });

  it("has what passed through as a delivery, and not as a redirect", () => {
    expect(
      countedTraffic({ misses: 3, passes: 2, passed_bytes: 700, origin_bytes: 900, fills: 2, filled_bytes: 900 }),
    ).toEqual(
      traffic({
        ...{ misses: 3n, redirects: 1n, unknownRedirects: 1n, deliveries: 2n, deliveredBytes: 700n },
        ...{ fills: 2n, fillBytes: 900n, fillRequests: 4n, storeWrites: 2n },
      }),
    );
  });

  it("is never below nothing where a download began before midnight and passed through behind it", () => {
    expect(countedTraffic({ passes: 1 }).redirects).toBe(0n);
  });

  it("has a request and a write for each fill and for each part that its bytes make", () => {
    const counted = countedTraffic({ fills: 1, failed_fills: 2, filled_bytes: 80 * MIB, origin_bytes: 96 * MIB });
    expect([counted.fillRequests, counted.storeWrites]).toEqual([3n + 12n, 1n + 10n]);
  });

  it("is joined by what is known from elsewhere", () => {
    const known = { storedByteHours: 24n, counted: { postgresCuSeconds: 7n } };
    expect(countedTraffic({ hits: 1 }, known)).toEqual(traffic({ hits: 1n, ...known }));
  });

  it("is put into money as it is", () => {
    const counts = {
      hits: 3,
      deliveries: 3,
      delivered_bytes: 30e9,
      misses: 1,
      fills: 1,
      filled_bytes: 10e9,
      origin_bytes: 10e9,
    };
    const prices = { origin: () => flatTariff("0.10", "0", 10n ** 9n), platform: () => PLATFORM };
    const [month] = ledgerOf([{ day: "2026-11-20", rule: "7", traffic: countedTraffic(counts) }], prices);
    expect(inDollars(month?.total.delivered ?? 0n, 2)).toBe("3.00");
    expect(inDollars(month?.total.filled ?? 0n, 2)).toBe("1.00");
  });
});
