import { dollars } from "./money.ts";
import { GB } from "./origin-tariff.ts";
import type { PlatformMeter, PlatformTariff } from "./platform-tariff.ts";
import { inForce, type Source } from "./source.ts";

const MILLION = 1_000_000n;

/** A month of R2, of KV and of Durable Objects has 30 days, whatever the calendar says: a GB kept for 31 days is 31/30. */
const GB_MONTH = GB * 24n * 30n;
/** A month of Neon has 744 hours, always. */
const NEON_GB_MONTH = GB * 744n;
/** A Durable Object is charged for 128 MB while it is awake: 100,000 GB-s are 781,250 s, here in ms. */
const HUNDRED_THOUSAND_GB_SECONDS = 781_250_000n;

/** A message is written, read and deleted; each 64 KB of it count as one. */
export const OPERATIONS_PER_MESSAGE = 3;

const CLOUDFLARE = { readOn: "2026-11-21", currency: "USD", confirmed: true } as const;
const DOCS = "https://developers.cloudflare.com";

const SOURCES: readonly Source[] = [
  {
    ...CLOUDFLARE,
    page: `${DOCS}/workers/platform/pricing/`,
    asOf: "2026-09-20",
    note: "Paid plan, Standard usage model. No charge for duration, for bytes sent, or for subrequests and service bindings.",
  },
  {
    ...CLOUDFLARE,
    page: `${DOCS}/kv/platform/pricing/`,
    asOf: "2025-01-09",
    note: "A read counts whether it finds a value or not. Of an undated copy of the page.",
  },
  {
    ...CLOUDFLARE,
    page: `${DOCS}/durable-objects/platform/pricing/`,
    asOf: "2026-09-20",
    note: "SQLite storage. A call is a request; so is an alarm, which is set as one row written. 128 MB are charged, always.",
  },
  {
    ...CLOUDFLARE,
    page: `${DOCS}/queues/platform/pricing/`,
    asOf: "2024-09-26",
    note: "An operation for each 64 KB; a KB is 1,000 bytes. Of an undated copy of the page.",
  },
  {
    ...CLOUDFLARE,
    page: `${DOCS}/r2/pricing/`,
    asOf: "2026-08-03",
    note:
      "Standard storage, by the peak of each day. The page does not say what a GB is: 10^9 bytes are taken, which is never too " +
      "little. What is over is rounded up to the next million operations and the next GB-month on Cloudflare's invoice, not here.",
  },
  {
    page: "https://neon.com/docs/introduction/plans",
    readOn: "2026-11-21",
    asOf: "2026-11-12",
    currency: "USD",
    confirmed: true,
    note: "Launch plan. A GB is 10^9 bytes and a month 744 hours, by its page on usage calculations.",
  },
];

/** Cloudflare and Neon. */
export const PLATFORM_TARIFFS: readonly PlatformTariff[] = [
  {
    ...{ id: "platform", from: "2026-01-01", base: dollars("5"), sources: SOURCES },
    meters: {
      workerRequests: meter(MILLION, "0.30", 10n),
      // For a million milliseconds.
      cpuNanoseconds: meter(MILLION * MILLION, "0.02", 30n),
      kvReads: meter(MILLION, "0.50", 10n),
      kvWrites: meter(MILLION, "5.00", 1n),
      kvDeletes: meter(MILLION, "5.00", 1n),
      kvByteHours: meter(GB_MONTH, "0.50", 1n),
      queueOperations: meter(MILLION, "0.40", 1n),
      objectRequests: meter(MILLION, "0.15", 1n),
      objectMilliseconds: meter(HUNDRED_THOUSAND_GB_SECONDS, "1.25", 4n),
      objectRowsRead: meter(MILLION, "0.001", 25_000n),
      objectRowsWritten: meter(MILLION, "1.00", 50n),
      objectByteHours: meter(GB_MONTH, "0.20", 5n),
      storeWrites: meter(MILLION, "4.50", 1n),
      storeReads: meter(MILLION, "0.36", 10n),
      storedByteHours: meter(GB_MONTH, "0.015", 10n),
      postgresCuSeconds: meter(3600n, "0.106", 0n),
      postgresByteHours: meter(NEON_GB_MONTH, "0.35", 0n),
      postgresEgressBytes: meter(GB, "0.10", 100n),
    },
  },
];

/** The prices that held on a day (`YYYY-MM-DD`). */
export function platformTariff(day: string): PlatformTariff {
  const tariff = inForce(PLATFORM_TARIFFS, "platform", day);
  if (!tariff) throw new Error("no price table of the platform");
  return tariff;
}

function meter(unit: bigint, price: string, included: bigint): PlatformMeter {
  return { unit, price: dollars(price), included };
}
