import { METERED, type Metered, type OwnLimits } from "./limits.ts";
import { limitsOf, planOf } from "./plans.ts";
import type { Standing } from "./standing.ts";

/** What a tenant has used: of this month (UTC), and, of what is stored, at this moment. */
export type Counters = Readonly<Record<Metered, number>>;

/** A tenant as its standing is judged by. */
export type Account = {
  readonly plan: string;
  readonly own: OwnLimits;
  readonly suspended: boolean;
};

/**
 * How a tenant stands at `now` (ms since the epoch). A limit is passed by what is more than it: the last request that is
 * in the plan is served. Under a soft plan nothing but a limit of the tenant's own is hard: it was agreed as one.
 */
export function judgeStanding({ plan, own, suspended }: Account, counters: Counters, now: number): Standing {
  if (suspended) return { over: "suspended", allowed: null, until: null };
  const limits = limitsOf(plan, own);
  const hard = planOf(plan)?.hard ?? false;
  for (const what of METERED) {
    const limit = limits[what];
    const counts = hard || Object.hasOwn(own, what);
    if (counts && limit !== null && counters[what] > limit) {
      return { over: what, allowed: limit, until: what === "storedBytes" ? null : monthsEnd(now) };
    }
  }
  return "good";
}

/** When the month of `now` ends, and counting begins anew: the first moment of the next (UTC). */
export function monthsEnd(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1);
}

/** Whether two judgements say the same: then there is nothing to write down. */
export function sameStanding(one: Standing, other: Standing): boolean {
  if (one === "good" || other === "good") return one === other;
  return one.over === other.over && one.allowed === other.allowed && one.until === other.until;
}
