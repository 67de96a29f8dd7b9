import { FILL_SIZES } from "../fills/fill-choice.ts";
import type { PlatformUsage } from "./platform-tariff.ts";
import { NO_TRAFFIC, type Traffic } from "./traffic.ts";

/** What usage counts of a day by an origin rule, under the names that it has in the API. What is absent was not counted. */
export type CountedDay = Readonly<Record<string, number | undefined>>;

/** What is known from elsewhere. */
export type KnownBeside = {
  /** Bytes times hours that copies lay in the store. */
  readonly storedByteHours?: bigint;
  /** A share in the database, uploads and the like. */
  readonly counted?: PlatformUsage;
};

/**
 * Counters as traffic. Nobody counts what an origin sends to those whom we lead there, so all of these are of unknown size.
 * Requests of fills and writes of the store are not counted either: they are taken to be one for each fill and one for
 * each part that its bytes would make, which is rather too many than too few.
 */
export function countedTraffic(counts: CountedDay, { storedByteHours = 0n, counted = {} }: KnownBeside = {}): Traffic {
  const count = (name: string) => BigInt(counts[name] ?? 0);
  const names = Object.keys(counts).filter((name) => name.startsWith("bypass_"));
  const bypasses = names.reduce((sum, name) => sum + count(name), 0n);
  const passes = count("passes");
  // A download that passes through is a miss that leads nobody to the origin; its miss may have fallen on the day before.
  const led = count("misses") + bypasses - passes;
  const redirects = led < 0n ? 0n : led;
  const fills = count("fills");
  const parts = count("origin_bytes") / BigInt(FILL_SIZES.partBytes);
  return {
    ...NO_TRAFFIC,
    ...{ hits: count("hits"), misses: count("misses"), bypasses },
    deliveries: count("deliveries") + count("unchanged") + passes,
    deliveredBytes: count("delivered_bytes") + count("passed_bytes"),
    ...{ unknownDeliveries: count("assumed_deliveries"), assumedBytes: count("assumed_bytes") },
    ...{ redirects, unknownRedirects: redirects },
    ...{ fills, fillBytes: count("origin_bytes"), fillRequests: fills + count("failed_fills") + passes + parts },
    ...{ storedByteHours, storeWrites: fills + count("filled_bytes") / BigInt(FILL_SIZES.partBytes), counted },
  };
}
