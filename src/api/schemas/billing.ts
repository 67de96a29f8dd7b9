import * as z from "zod";
import type { BillingEvent } from "../../core/billing/judge-billing.ts";
import { METERS } from "../../core/billing/meters.ts";
import { SUBSCRIPTION_STATES, type Subscription } from "../../core/billing/subscription.ts";
import type { StoredBilling } from "../../ports/billing.ts";

/** As whoever takes the money writes it. */
const foreign = z.string().regex(/^[\w.-]{1,128}$/, "must be 1 to 128 of a-z, A-Z, 0-9, _, - and .");
const moment = z.iso.datetime();

const subscription = z.strictObject({
  id: foreign,
  state: z.enum(SUBSCRIPTION_STATES).describe("late: a payment has failed and is tried again; the plan is still had."),
  plan: z.string().max(32).nullable().describe("null: its price stands for no plan that is known."),
  period_end: moment.nullable().describe("Until when it is paid."),
  ends_at: moment.nullable().describe("null: it goes on."),
});

export const billingBody = z
  .strictObject({
    customer: z.string().nullable().describe("null: it has never been about to pay."),
    subscription: subscription.nullable(),
  })
  .meta({ id: "Billing" });

export const customerWish = z.strictObject({ customer: foreign }).meta({ id: "BillingCustomer" });

export const billingEvent = z
  .strictObject({
    id: foreign,
    kind: foreign,
    at: moment.describe("When it happened."),
    customer: foreign,
    subscription: subscription.describe("As it stands now."),
  })
  .meta({ id: "BillingEvent" });

export const billingHeard = z
  .strictObject({
    outcome: z.enum(["applied", "again", "older", "unknown"]),
    plan: z.string().nullable().describe("The tenant's; null: nobody is called so."),
  })
  .meta({ id: "BillingHeard" });

export const reportWish = z
  .strictObject({ meters: z.array(z.enum(METERS)).max(METERS.length) })
  .meta({ id: "UsageReportWish" });

const report = z.strictObject({
  identifier: z.string(),
  customer: z.string(),
  meter: z.enum(METERS),
  day: z.iso.date(),
  value: z.number().int().positive(),
});

export const reportList = z
  .strictObject({
    reports: z.array(report),
    held: z
      .number()
      .int()
      .describe("Reports that nobody knows to have arrived, and that it is too late to send again."),
  })
  .meta({ id: "UsageReports" });

const identifiers = z.array(z.string().max(128)).max(1000);
export const reportsTold = z
  .strictObject({
    sent: identifiers.describe("They have arrived."),
    refused: identifiers.describe("For certain they have not."),
  })
  .meta({ id: "UsageReportsTold" });

export const reportsSettled = z.strictObject({ status: z.literal("settled") }).meta({ id: "UsageReportsSettled" });

/** What is known of a tenant, as the API shows it. */
export function billingToBody(billing: StoredBilling | null): z.infer<typeof billingBody> {
  const { customer = null, subscription = null } = billing ?? {};
  return { customer, subscription: subscription && subscriptionToBody(subscription) };
}

function subscriptionToBody({ id, state, plan, periodEnd, endsAt }: Subscription): z.infer<typeof subscription> {
  const at = (time: number | null) => (time === null ? null : new Date(time).toISOString());
  return { id, state, plan, period_end: at(periodEnd), ends_at: at(endsAt) };
}

/** What a body tells of a subscription. */
export function billingEventOf({ id, kind, at, subscription: body }: z.infer<typeof billingEvent>): BillingEvent {
  const time = (text: string | null) => (text === null ? null : Date.parse(text));
  const { period_end, ends_at, ...rest } = body;
  return {
    id,
    kind,
    at: Date.parse(at),
    subscription: { ...rest, periodEnd: time(period_end), endsAt: time(ends_at) },
  };
}
