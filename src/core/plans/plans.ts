import type { Limits, OwnLimits } from "./limits.ts";

const GB = 1e9;
const TB = 1e12;

/**
 * What a tenant may have, and for how much. `hard`: over a limit the cache stands aside until the month ends; otherwise
 * what is more is only charged, and shown.
 */
export type Plan = {
  readonly id: string;
  readonly name: string;
  /** US cents a month; `null`: as agreed. */
  readonly priceCents: number | null;
  readonly hard: boolean;
  /** Whether somebody may choose it themselves. */
  readonly offered: boolean;
  readonly limits: Limits;
};

const NONE: Limits = {
  ...{ requests: null, deliveredBytes: null, storedBytes: null, maxObjectBytes: null },
  ...{ keys: null, domains: null, members: null },
};

/** The plans, the smallest first. Prices and limits are data: whoever changes one changes nothing else. */
export const PLANS: readonly Plan[] = [
  {
    ...{ id: "free", name: "Free", priceCents: 0, hard: true, offered: true },
    limits: {
      ...{ requests: 1_000_000, deliveredBytes: 100 * GB, storedBytes: 10 * GB, maxObjectBytes: 1 * GB },
      ...{ keys: 5, domains: 1, members: 3 },
    },
  },
  {
    ...{ id: "pro", name: "Pro", priceCents: 4_900, hard: false, offered: true },
    limits: {
      ...{ requests: 50_000_000, deliveredBytes: 10 * TB, storedBytes: 1 * TB, maxObjectBytes: 100 * GB },
      ...{ keys: 50, domains: 10, members: 20 },
    },
  },
  {
    ...{ id: "scale", name: "Scale", priceCents: 49_900, hard: false, offered: true },
    limits: {
      ...{ requests: 1_000_000_000, deliveredBytes: 200 * TB, storedBytes: 20 * TB, maxObjectBytes: null },
      ...{ keys: 500, domains: 100, members: 200 },
    },
  },
  // The operator's own tenants, and those from before there were plans.
  { ...{ id: "unmetered", name: "Unmetered", priceCents: null, hard: false, offered: false }, limits: NONE },
];

/** What somebody gets who has just signed up. */
export const FIRST_PLAN = "free";

export function planOf(id: string): Plan | null {
  return PLANS.find((plan) => plan.id === id) ?? null;
}

/** A plan's limits under a tenant's own. A plan that is not offered any more limits nothing: nobody loses by our slip. */
export function limitsOf(planId: string, own: OwnLimits): Limits {
  return { ...(planOf(planId)?.limits ?? NONE), ...own };
}
