import { FILL_SIZES, MAX_OBJECT_BYTES, partBytes } from "../fills/fill-choice.ts";
import type { FillMode } from "../tenant.ts";
import { ledgerOf } from "./ledger.ts";
import { type Amounts, paidToOrigin, saved, wouldHavePaid } from "./ledger-row.ts";
import type { NanoDollars } from "./money.ts";
import type { OriginTariff } from "./origin-tariff.ts";
import { platformTariff } from "./platform-tariffs.ts";
import { NO_TRAFFIC, type Traffic } from "./traffic.ts";

/** What somebody says about their month. */
export type Wishes = {
  /** GB of 10^9 bytes that clients download, whole numbers. */
  readonly gbPerMonth: bigint;
  /** Of 1,000 downloads, those of an object that was downloaded before. */
  readonly repeatsPerMille: bigint;
  /** How large an object is, in bytes. */
  readonly objectBytes: bigint;
  /** Whether a first download goes to the origin, which then sends the object twice, or passes through us (README, Fills). */
  readonly mode: FillMode;
};

export type Estimate = {
  readonly wouldHavePaid: NanoDollars;
  readonly paidToOrigin: NanoDollars;
  readonly paidToPlatform: NanoDollars;
  readonly saved: NanoDollars;
  readonly amounts: Amounts;
  /** What was put into money. */
  readonly traffic: Traffic;
};

const BYTES_PER_GB = 10n ** 9n;
const HOURS_OF_MONTH = 720n;
/** Objects of up to this size pass through us under `auto`. */
export const AUTO_STREAM_BYTES = 2n ** 30n;

/**
 * What a month would save, by the functions that put real traffic into money. Throws a RangeError for what cannot be:
 * objects of no bytes, less than nothing, more repeats than downloads.
 */
export function estimate(wishes: Wishes, tariff: OriginTariff, day: string): Estimate {
  const traffic = trafficOf(wishes);
  const [month] = ledgerOf([{ day, rule: "estimate", traffic }], { origin: () => tariff, platform: platformTariff });
  if (!month) throw new Error("a month without a ledger");
  const { total } = month;
  return {
    wouldHavePaid: wouldHavePaid(total),
    paidToOrigin: paidToOrigin(total),
    paidToPlatform: total.platform,
    saved: saved(total),
    amounts: total,
    traffic,
  };
}

/** Traffic as wished for: every object fills once, and its copy lies here for the whole month. */
export function trafficOf({ gbPerMonth, repeatsPerMille, objectBytes, mode }: Wishes): Traffic {
  if (objectBytes <= 0n || objectBytes > MAX_OBJECT_BYTES) throw new RangeError("no object has so many bytes");
  if (gbPerMonth < 0n) throw new RangeError("a month is not below nothing");
  if (repeatsPerMille < 0n || repeatsPerMille > 1000n)
    throw new RangeError("repeats are 0 to 1,000 of 1,000 downloads");
  const downloads = (gbPerMonth * BYTES_PER_GB + objectBytes - 1n) / objectBytes;
  const hits = (downloads * repeatsPerMille) / 1000n;
  const firsts = downloads - hits;
  const passes = mode === "stream" || (mode === "auto" && objectBytes <= AUTO_STREAM_BYTES);
  const delivered = passes ? downloads : hits;
  const redirected = downloads - delivered;
  const parts = partsOf(Number(objectBytes));
  return {
    ...NO_TRAFFIC,
    ...{ hits, misses: firsts, deliveries: delivered, deliveredBytes: delivered * objectBytes },
    ...{ redirects: redirected, redirectedBytes: redirected * objectBytes },
    ...{ fills: firsts, fillRequests: firsts * parts, fillBytes: firsts * objectBytes },
    storedByteHours: firsts * objectBytes * HOURS_OF_MONTH,
    // Two more to begin and to end an upload in parts.
    storeWrites: firsts * (parts === 1n ? 1n : parts + 2n),
  };
}

/** How many requests it takes to store an object, without those that begin and end an upload in parts. */
function partsOf(bytes: number): bigint {
  return bytes <= FILL_SIZES.putBytes ? 1n : BigInt(Math.ceil(bytes / partBytes(bytes)));
}
