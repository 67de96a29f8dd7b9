import * as z from "zod";
import { METERS, type Meter } from "../../core/billing/meters.ts";
import { SUBSCRIPTION_STATES } from "../../core/billing/subscription.ts";
import { type Api, path } from "./client.ts";

export const subscription = z.object({
  id: z.string(),
  state: z.enum(SUBSCRIPTION_STATES),
  plan: z.string().nullable(),
  period_end: z.string().nullable(),
  ends_at: z.string().nullable(),
});
export type SubscriptionFacts = z.infer<typeof subscription>;

export const billing = z.object({ customer: z.string().nullable(), subscription: subscription.nullable() });

export async function readBilling(api: Api, tenant: string) {
  return await api.get(path`/tenants/${tenant}/billing`, billing);
}

/** What whoever takes the money calls a tenant: the first name that was written down, which may be another one. */
export async function bindCustomer(api: Api, tenant: string, customer: string): Promise<string> {
  return (await api.send("PATCH", path`/tenants/${tenant}/billing`, billing, { customer })).customer ?? customer;
}

export type BillingNews = {
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly customer: string;
  readonly subscription: SubscriptionFacts;
};

export const heard = z.object({
  outcome: z.enum(["applied", "again", "older", "unknown"]),
  plan: z.string().nullable(),
});

export async function tellBilling(api: Api, news: BillingNews) {
  return await api.send("POST", "/billing/events", heard, news);
}

export const usageReports = z.object({
  reports: z.array(
    z.object({
      ...{ identifier: z.string(), customer: z.string(), day: z.string() },
      ...{ meter: z.enum(METERS), value: z.number() },
    }),
  ),
  held: z.number(),
});
export type UsageReport = z.infer<typeof usageReports>["reports"][number];

/** `POST /billing/reports`. */
export async function claimReports(api: Api, meters: readonly Meter[]) {
  return await api.send("POST", "/billing/reports", usageReports, { meters });
}

/** `PATCH /billing/reports`. */
export async function settleReports(api: Api, told: { sent: readonly string[]; refused: readonly string[] }) {
  return await api.send("PATCH", "/billing/reports", z.object({ status: z.literal("settled") }), told);
}
