/** When these were read. */
export const PRICES_OF = "2026-11-21";

const MILLION = 1_000_000;

/**
 * Dollars, on the paid plan and beyond what it includes.
 * https://developers.cloudflare.com/workers/platform/pricing/
 * https://developers.cloudflare.com/kv/platform/pricing/ (a read counts whether it finds a value or not)
 * https://developers.cloudflare.com/durable-objects/platform/pricing/ (a call is a request; so is an alarm, which is set as
 * one row written)
 * https://developers.cloudflare.com/queues/platform/pricing/ (up to 64 KB; a message is written, read and deleted)
 * https://developers.cloudflare.com/r2/pricing/ (class B reads)
 */
export const PRICES = {
  request: 0.3 / MILLION,
  cpuMs: 0.02 / MILLION,
  kvRead: 0.5 / MILLION,
  kvWrite: 5 / MILLION,
  objectRequest: 0.15 / MILLION,
  rowWritten: 1 / MILLION,
  queueOperation: 0.4 / MILLION,
  storeRead: 0.36 / MILLION,
} as const;

/** A message is written, read and deleted. */
export const OPERATIONS_PER_MESSAGE = 3;
