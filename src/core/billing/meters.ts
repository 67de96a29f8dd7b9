import { DELIVERED_BYTES_COUNTERS, REQUEST_COUNTERS } from "../plans/metered-counters.ts";
import type { Counter } from "../usage/counters.ts";

/** What is told of a day to whoever takes the money, in whole units; what is left of one is given to the customer. */
export const METERS = ["requests", "delivered_megabytes"] as const;
export type Meter = (typeof METERS)[number];

type Measure = { readonly counters: readonly Counter[]; readonly unit: number };

/** The same counters that plans are held against. */
export const MEASURES: Readonly<Record<Meter, Measure>> = {
  requests: { counters: REQUEST_COUNTERS, unit: 1 },
  delivered_megabytes: { counters: DELIVERED_BYTES_COUNTERS, unit: 1_000_000 },
};

/** What a tenant has used of a meter on one day (UTC) beyond what was told of that day before. */
export type UsageReport = {
  /** `tenant:meter:day:number`: whoever takes the money counts what comes twice under it once. */
  readonly identifier: string;
  readonly customer: string;
  readonly meter: Meter;
  /** `2030-01-31` */
  readonly day: string;
  readonly value: number;
};

const DAY_MS = 86_400_000;
/**
 * Days back that usage may be told of: within the past 35 calendar days.
 * https://docs.stripe.com/api/billing/meter-event/create
 */
const REACH_DAYS = 34;
/**
 * How long a report may be sent again, in ms: an identifier counts once within at least 24 hours, and no longer for certain.
 * https://docs.stripe.com/api/billing/meter-event/create
 */
const AGAIN_MS = 23 * 3_600_000;

/** Which days may be told of at `now` (ms since the epoch): those that are over, as far back as is allowed. */
export type ReportSpan = {
  /** The first day, and the first that is not over (UTC). */
  readonly from: string;
  readonly to: string;
  /** What was tried first before this moment is not tried again. */
  readonly triedSince: number;
};

export function reportSpan(now: number): ReportSpan {
  return { from: dayOf(now - REACH_DAYS * DAY_MS), to: dayOf(now), triedSince: now - AGAIN_MS };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
