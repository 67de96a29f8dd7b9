import type { Counter } from "./counters.ts";

export const USAGE_PERIODS = ["hour", "day", "month"] as const;
export type UsagePeriod = (typeof USAGE_PERIODS)[number];

export const USAGE_GROUPS = ["none", "origin", "key"] as const;
export type UsageGroup = (typeof USAGE_GROUPS)[number];

/** How long it is known which entry was used in which hour, in days. Days and months by origin stay. */
export const DETAIL_DAYS = 35;
const DAY_MS = 86_400_000;

/** Which usage is asked for: periods that begin in [from, to), ms since the epoch. */
export type UsageSpan = { readonly from: number; readonly to: number; readonly by: UsagePeriod };

/** What was counted in a period, in all, by a line of the allow-list or by an entry. */
export type UsageRow = {
  /** When the period begins, ms since the epoch. */
  readonly period: number;
  /** Where it is asked by origin: the rule, and its URL while it is there; `null`: by none that is known. */
  readonly origin?: { readonly id: number; readonly url: string | null } | null;
  /** Where it is asked by key: the entry's public key; `null`: of no entry. */
  readonly key?: string | null;
  readonly counts: Readonly<Record<Counter, number>>;
};

/** How many periods are told of when nobody says from when. */
const PERIODS = { hour: 24, day: 30, month: 12 } as const;

/** The period that a moment falls into begins then. All of it is UTC. */
export function periodStart(time: number, by: UsagePeriod): number {
  const date = new Date(time);
  const month = Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  if (by === "month") return month;
  return by === "day" ? time - (time % DAY_MS) : time - (time % 3_600_000);
}

/** When the next period begins. */
function nextPeriod(time: number, by: UsagePeriod): number {
  const start = periodStart(time, by);
  if (by !== "month") return start + (by === "day" ? DAY_MS : 3_600_000);
  const date = new Date(start);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/**
 * The whole periods that a call means: `from` rounded down, by itself so many periods back, and `to`, by itself now,
 * rounded up.
 */
export function usageSpan(
  { from, to, by }: { readonly from: number | null; readonly to: number | null; readonly by: UsagePeriod },
  now: number,
): UsageSpan {
  const end = to ?? now + 1;
  return { from: periodStart(from ?? earlier(end - 1, by), by), to: nextPeriod(end - 1, by), by };
}

function earlier(last: number, by: UsagePeriod): number {
  if (by === "hour") return last - (PERIODS.hour - 1) * 3_600_000;
  if (by === "day") return last - (PERIODS.day - 1) * DAY_MS;
  const date = new Date(last);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (PERIODS.month - 1));
}

/** Since when it is known what was used hour by hour, and entry by entry. */
export function detailStart(now: number): number {
  return periodStart(now - DETAIL_DAYS * DAY_MS, "day");
}
