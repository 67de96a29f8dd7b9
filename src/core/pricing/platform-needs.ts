import { addUsage } from "./platform-charge.ts";
import { PLATFORM_METERS, type PlatformUsage } from "./platform-tariff.ts";
import { OPERATIONS_PER_MESSAGE } from "./platform-tariffs.ts";
import type { Traffic } from "./traffic.ts";

const MICROSECOND = 1000n;

/** A queue's batch is a request to the consumer, and a fill's message may be alone in it. */
const QUEUED: PlatformUsage = { queueOperations: BigInt(OPERATIONS_PER_MESSAGE), workerRequests: 1n };

/**
 * What one of each asks of the platform. What is not counted for each tenant is taken from what `npm run bench` counted
 * (bench/RESULTS.md), rounded up, at its dearest: a hit that nobody had asked for just before, a miss alone in its crowd.
 */
const NEEDS = {
  hits: { workerRequests: 1n, cpuNanoseconds: 250n * MICROSECOND, kvReads: 1n },
  bypasses: { workerRequests: 1n, cpuNanoseconds: 250n * MICROSECOND, kvReads: 1n },
  // A claim at the gate and what it writes there; the message that it sends is the fill's.
  misses: {
    workerRequests: 1n,
    cpuNanoseconds: 500n * MICROSECOND,
    kvReads: 1n,
    objectRequests: 1n,
    objectRowsWritten: 3n,
  },
  // One read of the store, as if no place's cache ever had it.
  deliveries: { workerRequests: 1n, cpuNanoseconds: 250n * MICROSECOND, storeReads: 1n },
  // Begin and finish at the gate, and a place of the tenant's and one of the origin's, taken and given back.
  fills: { ...QUEUED, kvWrites: 1n, objectRequests: 6n, objectRowsWritten: 10n, objectMilliseconds: 60n },
  // 2.7 ms a MiB with SHA-256.
  fillBytes: { cpuNanoseconds: 3n },
  storedByteHours: { storedByteHours: 1n },
  storeWrites: { storeWrites: 1n },
} as const satisfies Partial<Record<keyof Traffic, PlatformUsage>>;

/** What a tenant's traffic has used of the platform: so many times what one needs, and what was counted beside it. */
export function usageOf(traffic: Traffic): PlatformUsage {
  const needs = Object.entries(NEEDS) as [keyof typeof NEEDS, PlatformUsage][];
  return needs.reduce((sum, [name, need]) => addUsage(sum, times(need, traffic[name])), traffic.counted);
}

function times(need: PlatformUsage, count: bigint): PlatformUsage {
  if (count === 0n) return {};
  const names = PLATFORM_METERS.filter((name) => need[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, (need[name] ?? 0n) * count]));
}
