/** What a plan counts month by month (UTC), or at every moment: `storedBytes`. */
export const METERED = ["requests", "deliveredBytes", "storedBytes"] as const;
export type Metered = (typeof METERED)[number];

/** What there may only be so many of, looked at when one is added. */
export const COUNTED = ["keys", "domains", "members"] as const;
export type Counted = (typeof COUNTED)[number];

/** How much of everything; `null`: as much as the deployment can take. Bytes are bytes, requests those of a month. */
export type Limits = Readonly<Record<Metered | Counted | "maxObjectBytes", number | null>>;

/** What a tenant has beside its plan, agreed with it alone: a limit that is named takes the place of the plan's. */
export type OwnLimits = Partial<Limits>;

/** The names of all limits. */
export const LIMITS = [...METERED, "maxObjectBytes", ...COUNTED] as const;
