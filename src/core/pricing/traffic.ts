import { addUsage } from "./platform-charge.ts";
import type { PlatformUsage } from "./platform-tariff.ts";

/**
 * What a tenant's traffic was, in a day and by one origin rule. Bytes are those that really went: a client that leaves at a
 * tenth counts a tenth.
 */
export type Traffic = {
  /** Answers of `/proxy`: led to our copy, or to the origin because we have none, or because we may not. */
  readonly hits: bigint;
  readonly misses: bigint;
  readonly bypasses: bigint;

  /** Answers with a copy, or with what passes through us: each would have been a GET at the origin. */
  readonly deliveries: bigint;
  readonly deliveredBytes: bigint;
  /** Hits that led to an address of the store itself: nobody tells us how many bytes went, so none are claimed. */
  readonly unknownDeliveries: bigint;
  /** What these would be if each client took the whole copy. It is told, and not put into money. */
  readonly assumedBytes: bigint;

  /** Downloads that went to the origin, and bytes of those whose size is known (a fill has told it, say). */
  readonly redirects: bigint;
  readonly redirectedBytes: bigint;
  /** Redirects, among those, whose bytes nobody knows. They cost the same with us and without us. */
  readonly unknownRedirects: bigint;

  /** Copies that were made; GETs for them at the origin, failed ones too; and bytes that the origin sent for them. */
  readonly fills: bigint;
  readonly fillRequests: bigint;
  readonly fillBytes: bigint;
  /** GETs of one byte that asked the origin whether it would serve a URL. */
  readonly probes: bigint;

  /** Bytes times hours that copies lay in our store. */
  readonly storedByteHours: bigint;
  /** Puts, parts, and begun and ended uploads in our store. */
  readonly storeWrites: bigint;

  /** What else was counted of the platform: uploads, purges, a share of the database. */
  readonly counted: PlatformUsage;
};

export const NO_TRAFFIC: Traffic = {
  ...{
    hits: 0n,
    misses: 0n,
    bypasses: 0n,
    deliveries: 0n,
    deliveredBytes: 0n,
    unknownDeliveries: 0n,
    assumedBytes: 0n,
  },
  ...{ redirects: 0n, redirectedBytes: 0n, unknownRedirects: 0n },
  ...{ fills: 0n, fillRequests: 0n, fillBytes: 0n, probes: 0n, storedByteHours: 0n, storeWrites: 0n, counted: {} },
};

const COUNTS = Object.keys(NO_TRAFFIC).filter((name) => name !== "counted") as Exclude<keyof Traffic, "counted">[];

export function addTraffic(one: Traffic, other: Traffic): Traffic {
  const counts = COUNTS.map((name) => [name, one[name] + other[name]] as const);
  return { ...NO_TRAFFIC, ...Object.fromEntries(counts), counted: addUsage(one.counted, other.counted) };
}
