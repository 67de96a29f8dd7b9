import type { OwnLimits } from "../plans/limits.ts";
import { FIRST_PLAN, planOf } from "../plans/plans.ts";
import { type Billing, isPaid, type Subscription } from "./subscription.ts";

/** That something has become of a subscription. */
export type BillingEvent = {
  /** By which it is known when it comes again. */
  readonly id: string;
  /** Such as `customer.subscription.updated`. */
  readonly kind: string;
  /** When it happened, ms since the epoch; whole seconds. */
  readonly at: number;
  /** The subscription as it stands now. */
  readonly subscription: Subscription;
};

/** Why a tenant keeps a plan that its subscription does not say. */
export type Kept = "operators_plan" | "own_limits" | "unknown_price";

/** What becomes of it. `plan`: the tenant's new one; `null`: as it was. */
export type BillingVerdict =
  | { readonly is: "older" }
  | {
      readonly is: "news";
      readonly billing: Billing;
      readonly plan: string | null;
      readonly kept: Kept | null;
    };

/**
 * What an event changes of a tenant. Events may come in any order: one that happened before what is known changes nothing,
 * and neither does the end of another subscription than the one that is paid.
 *
 * A plan follows the money only where the money has changed: what an operator has given stays when a month is paid. And
 * nothing of theirs is taken away in silence: a plan that is not on offer is theirs and stays, and so does, at the end of a
 * subscription, one that is not the subscription's, or that has limits of its own beside it. `kept` says so, for the audit log.
 */
export function judgeBilling(
  event: BillingEvent,
  before: Billing,
  account: { readonly plan: string; readonly own: OwnLimits },
): BillingVerdict {
  const known = before.subscription;
  if (before.heardAt !== null && event.at < before.heardAt) return { is: "older" };
  if (known && known.id !== event.subscription.id && isPaid(known) && !isPaid(event.subscription))
    return { is: "older" };

  const paid = isPaid(event.subscription);
  const had = isPaid(known) ? (known?.plan ?? null) : null;
  const isUnknown = paid && event.subscription.plan === null;
  const subscription = isUnknown ? { ...event.subscription, plan: had } : event.subscription;
  const billing: Billing = {
    customer: before.customer,
    subscription,
    payingSince: paid ? (before.payingSince ?? event.at) : null,
    heardAt: event.at,
  };
  if (isUnknown) return { is: "news", billing, plan: null, kept: "unknown_price" };
  const has = paid ? subscription.plan : null;
  return { is: "news", billing, ...(has === had ? UNCHANGED : planAfter(has, had, account)) };
}

const UNCHANGED = { plan: null, kept: null };

type After = { readonly plan: string | null; readonly kept: Kept | null };

function planAfter(has: string | null, had: string | null, account: { plan: string; own: OwnLimits }): After {
  const wanted = has ?? FIRST_PLAN;
  if (account.plan === wanted) return UNCHANGED;
  if (!planOf(account.plan)?.offered) return { plan: null, kept: "operators_plan" };
  if (has !== null) return { plan: has, kept: null };
  if (account.plan !== had) return { plan: null, kept: "operators_plan" };
  return Object.keys(account.own).length > 0 ? { plan: null, kept: "own_limits" } : { plan: FIRST_PLAN, kept: null };
}
