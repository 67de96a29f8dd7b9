import type { UsageEvent } from "./event.ts";
import { BYPASS_REASONS, REFUSAL_REASONS } from "./reasons.ts";

/** All that is counted. The names are those of the API's fields, of the columns in Postgres, and of the CSV. */
export const COUNTERS = [
  "hits",
  "misses",
  ...BYPASS_REASONS.map((reason) => `bypass_${reason}` as const),
  ...REFUSAL_REASONS.map((reason) => `refused_${reason}` as const),
  /** Answers 200 and 206 under our links. */
  "deliveries",
  /** Answers 304 under our links. */
  "unchanged",
  /** Bytes of bodies that went out under our links: of a client that left, those that it had taken. */
  "delivered_bytes",
  /** Hits whose link leads straight to the store, which does not tell what it sends, */
  "assumed_deliveries",
  /** and the size of those copies. */
  "assumed_bytes",
  /** First downloads that passed through us, */
  "passes",
  /** and bytes that their clients took. */
  "passed_bytes",
  "fills",
  /** Bytes of the copies that fills made. */
  "filled_bytes",
  "failed_fills",
  /** Bytes that origins sent us, for fills that failed as well, and for what passed through. */
  "origin_bytes",
  "purges",
  "uploads",
  "uploaded_bytes",
  "assets",
  "asset_bytes",
] as const;
export type Counter = (typeof COUNTERS)[number];

/** Those that counted something. */
export type Counts = Partial<Record<Counter, number>>;

/** What an event adds. */
export function countsOf(event: UsageEvent): Counts {
  switch (event.kind) {
    case "hit":
      return event.assumed === null ? { hits: 1 } : { hits: 1, assumed_deliveries: 1, assumed_bytes: event.assumed };
    case "miss":
      return { misses: 1 };
    case "bypass":
      return { [`bypass_${event.reason}`]: 1 };
    case "refusal":
      return { [`refused_${event.reason}`]: 1 };
    case "delivery":
      return deliveryCounts(event);
    case "delivered":
      return { delivered_bytes: event.bytes };
    case "pass":
      return { passes: 1 };
    case "passed":
      return { passed_bytes: event.bytes };
    case "transfer":
      return { origin_bytes: event.bytes };
    case "fill":
      return { fills: 1, filled_bytes: event.bytes };
    case "fill-failed":
      return { failed_fills: 1 };
    case "purge":
      return { purges: 1 };
    case "upload":
      return { uploads: 1, uploaded_bytes: event.bytes };
    case "asset":
      return { assets: 1, asset_bytes: event.bytes };
  }
}

function deliveryCounts({ status, bytes }: { readonly status: number; readonly bytes: number }): Counts {
  if (status === 304) return { unchanged: 1 };
  return status === 200 || status === 206 ? { deliveries: 1, delivered_bytes: bytes } : {};
}

/** Adds what is in `more`, so many times. */
export function addCounts(sum: Counts, more: Counts, times = 1): void {
  for (const name of Object.keys(more) as Counter[]) sum[name] = (sum[name] ?? 0) + (more[name] ?? 0) * times;
}
