import type { Payment } from "../../../src/console/payment.ts";
import type { StripeSettings } from "../../../src/console/stripe/settings.ts";
import { stripePayment } from "../../../src/console/stripe/stripe-payment.ts";
import { parseAssertionKeys } from "../../../src/core/people/assertion.ts";
import { type StripeStandIn, startStripe } from "../../setup/stripe/stripe-stand-in.ts";
import { NOW } from "../fakes/api-data.ts";
import { type BillingApi, fakeBillingApi } from "../fakes/fake-billing-api.ts";

export const WEBHOOK_SECRET = "whsec_of_the_tests";
export const PRICES = new Map([
  ["pro", ["price_pro", "price_pro_requests"]],
  ["scale", ["price_scale", "price_scale_requests"]],
]);
export const METER_NAMES = { requests: "snapbyte_requests", delivered_megabytes: "snapbyte_megabytes" };

export const KEYS = parseAssertionKeys(`1:${"C".repeat(42)}A`);

export type PaymentWorld = {
  readonly payment: Payment;
  readonly stripe: StripeStandIn;
  readonly api: BillingApi;
  readonly reported: unknown[];
};

/** Payment by Stripe's library against the stand-in, and an API in memory. */
export function paymentOver(stripe: StripeStandIn, changes: Partial<StripeSettings> = {}): PaymentWorld {
  if (!KEYS) throw new Error("the keys do not parse");
  const { hostname, port } = new URL(stripe.url);
  const settings: StripeSettings = {
    ...{ key: stripe.key, webhookSecret: WEBHOOK_SECRET, prices: PRICES, meters: METER_NAMES },
    at: { protocol: "http", host: hostname, port: Number(port) },
    ...changes,
  };
  const api = fakeBillingApi();
  const reported: unknown[] = [];
  const report = (_what: string, error: unknown) => reported.push(error);
  const payment = stripePayment({ settings, keys: KEYS, askApi: api.ask, now: () => NOW, report });
  return { payment, stripe, api, reported };
}

export { startStripe };
