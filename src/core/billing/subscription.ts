/**
 * How a subscription stands. `pending`: its first payment is under way; `active`: paid, or on trial; `late`: a payment has
 * failed and is tried again; `ended`: nobody pays any more, or it is paused.
 */
export const SUBSCRIPTION_STATES = ["pending", "active", "late", "ended"] as const;
export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** What a tenant has bought, as whoever takes the money tells it. Moments in ms since the epoch. */
export type Subscription = {
  readonly id: string;
  readonly state: SubscriptionState;
  /** The plan that its price stands for; `null`: a price that this deployment does not know. */
  readonly plan: string | null;
  /** Until when it is paid; `null`: not known. */
  readonly periodEnd: number | null;
  /** When it ends for good; `null`: it goes on. */
  readonly endsAt: number | null;
};

/** A tenant as whoever takes the money knows it. */
export type Billing = {
  /** The name of the tenant over there. */
  readonly customer: string;
  /** `null`: there has been none. */
  readonly subscription: Subscription | null;
  /** Since when it is paid for, without a break; `null`: it is not. */
  readonly payingSince: number | null;
  /** When the newest of what was applied happened; `null`: nothing was yet. */
  readonly heardAt: number | null;
};

/** Whether the plan is had: one payment that fails takes nothing away while it is tried again. */
export function isPaid(subscription: Subscription | null): boolean {
  return subscription?.state === "active" || subscription?.state === "late";
}
