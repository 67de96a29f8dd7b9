import type { NanoDollars } from "./money.ts";
import type { Source } from "./source.ts";

/** What the platform counts and charges for. Stored bytes are counted as bytes times hours. */
export const PLATFORM_METERS = [
  "workerRequests",
  "cpuNanoseconds",
  "kvReads",
  "kvWrites",
  "kvDeletes",
  "kvByteHours",
  "queueOperations",
  "objectRequests",
  "objectMilliseconds",
  "objectRowsRead",
  "objectRowsWritten",
  "objectByteHours",
  "storeWrites",
  "storeReads",
  "storedByteHours",
  "postgresCuSeconds",
  "postgresByteHours",
  "postgresEgressBytes",
] as const;

export type PlatformMeterName = (typeof PLATFORM_METERS)[number];

/** How much of it was used; what is absent was not. */
export type PlatformUsage = Readonly<Partial<Record<PlatformMeterName, bigint>>>;

export type PlatformMeter = {
  /** How many of what is counted have the price. */
  readonly unit: bigint;
  readonly price: NanoDollars;
  /** Units that an account has in a month before it pays. */
  readonly included: bigint;
};

/** What the platform charges whoever runs this. */
export type PlatformTariff = {
  readonly id: string;
  /** The first day for which these prices are used. */
  readonly from: string;
  /** For an account and month, whatever it uses. */
  readonly base: NanoDollars;
  readonly meters: Readonly<Record<PlatformMeterName, PlatformMeter>>;
  readonly sources: readonly Source[];
};
