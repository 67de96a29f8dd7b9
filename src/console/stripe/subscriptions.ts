import type { Stripe } from "stripe";
import type { SubscriptionFacts } from "../api/billing.ts";

export type Prices = ReadonlyMap<string, readonly string[]>;

/**
 * Stripe's states in our words. `past_due`: Stripe tries again, and says `unpaid` or `canceled` when it gives up.
 * https://docs.stripe.com/api/subscriptions/object#subscription_object-status
 */
const STATES: Readonly<Record<Stripe.Subscription.Status, SubscriptionFacts["state"]>> = {
  ...{ incomplete: "pending", trialing: "active", active: "active", past_due: "late" },
  ...{ incomplete_expired: "ended", canceled: "ended", unpaid: "ended", paused: "ended" },
};

/** What the API is told of a subscription. */
export function subscriptionFacts(subscription: Stripe.Subscription, prices: Prices): SubscriptionFacts {
  const { id, status, items, cancel_at, ended_at } = subscription;
  const ends = items.data.map(({ current_period_end }) => current_period_end);
  const periodEnd = ends.length > 0 ? Math.max(...ends) : null;
  const endsAt = ended_at ?? cancel_at ?? (subscription.cancel_at_period_end ? periodEnd : null);
  return {
    // A state that Stripe adds one day takes nothing away and gives nothing.
    ...{ id, state: STATES[status] ?? "pending", plan: planBought(items.data, prices) },
    ...{ period_end: isoOf(periodEnd), ends_at: isoOf(endsAt) },
  };
}

/** Seconds since the epoch, as the API reads moments. */
export function isoOf(seconds: number): string;
export function isoOf(seconds: number | null): string | null;
export function isoOf(seconds: number | null): string | null {
  return seconds === null ? null : new Date(seconds * 1000).toISOString();
}

/** The plan that one of the prices stands for; `null`: none of those that are known. */
export function planBought(items: readonly Stripe.SubscriptionItem[], prices: Prices): string | null {
  const bought = new Set(items.map(({ price }) => price.id));
  return [...prices].find(([, [price = ""]]) => bought.has(price))?.[0] ?? null;
}

type ItemChange = {
  readonly id?: string;
  readonly price?: string;
  readonly quantity?: number;
  readonly deleted?: true;
};

/**
 * What turns a subscription's items into those of a plan. The prices of every plan stand in the same order, so that each
 * item gets the new plan's price in the place of its own; items that no plan knows stay as they are.
 */
export function itemChanges(items: readonly Stripe.SubscriptionItem[], plan: string, prices: Prices): ItemChange[] {
  const wanted = prices.get(plan) ?? [];
  const placeOf = (price: string) =>
    [...prices.values()].map((each) => each.indexOf(price)).find((at) => at >= 0) ?? -1;
  const taken = new Set<number>();
  const changes = items.flatMap(({ id, price }): ItemChange[] => {
    const place = placeOf(price.id);
    if (place < 0) return [];
    const next = wanted[place];
    if (next === undefined || taken.has(place)) return [{ id, deleted: true }];
    taken.add(place);
    return [{ id, price: next }];
  });
  return [...changes, ...wanted.flatMap((price, place) => (taken.has(place) ? [] : [lineOf(price, place)]))];
}

/** A price as something that is bought: the first is the plan's own; of what is metered nobody says how much. */
export function lineOf(price: string, place: number): { price: string; quantity?: number } {
  return place === 0 ? { price, quantity: 1 } : { price };
}
