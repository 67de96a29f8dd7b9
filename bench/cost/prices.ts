import { DOLLAR } from "../../src/core/pricing/money.ts";
import type { PlatformMeterName } from "../../src/core/pricing/platform-tariff.ts";
import { PLATFORM_TARIFFS } from "../../src/core/pricing/platform-tariffs.ts";

const [TARIFF] = PLATFORM_TARIFFS.toSorted((one, other) => (one.from < other.from ? 1 : -1));
if (!TARIFF) throw new Error("no price table of the platform");
const { meters, sources } = TARIFF;

/** When the latest of these were read. */
export const PRICES_OF = sources.map(({ readOn }) => readOn).reduce((one, other) => (one > other ? one : other));

/** Dollars for one, on the paid plan and beyond what it includes: those of `core/pricing`, which names their pages. */
export const PRICES = {
  request: dollarsForOne("workerRequests"),
  cpuMs: dollarsForOne("cpuNanoseconds") * 1_000_000,
  kvRead: dollarsForOne("kvReads"),
  kvWrite: dollarsForOne("kvWrites"),
  objectRequest: dollarsForOne("objectRequests"),
  rowWritten: dollarsForOne("objectRowsWritten"),
  queueOperation: dollarsForOne("queueOperations"),
  storeRead: dollarsForOne("storeReads"),
} as const;

function dollarsForOne(name: PlatformMeterName): number {
  const { price, unit } = meters[name];
  return Number(price) / Number(DOLLAR) / Number(unit);
}
