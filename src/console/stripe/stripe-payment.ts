import type { Stripe } from "stripe";
import { bindCustomer, readBilling } from "../api/billing.ts";
import { type ServiceParts, serviceApi } from "../api/service.ts";
import { FormError } from "../frame/forms.ts";
import type { Invoice, Payment } from "../payment.ts";
import { inOurWords } from "./in-our-words.ts";
import { type OpenedStripe, stripeOpener } from "./open-stripe.ts";
import { reportUsage } from "./report-usage.ts";
import type { StripeSettings } from "./settings.ts";
import { isoOf, itemChanges, lineOf, planBought } from "./subscriptions.ts";
import { hearStripe } from "./webhook.ts";

/** Invoices that a page shows: two years of months. */
const INVOICES = 24;

export type StripeParts = ServiceParts & {
  readonly settings: StripeSettings;
  readonly open: () => Promise<OpenedStripe>;
  readonly report: (what: string, error: unknown) => void;
};

/** Payment by Stripe. What has to be kept is kept behind the API, which changes plans when Stripe says what was paid. */
export function stripePayment(given: Omit<StripeParts, "open">): Payment {
  const parts: StripeParts = { ...given, open: stripeOpener(given.settings) };
  const billingOf = (tenant: string) => readBilling(serviceApi(parts), tenant);
  const asked = async <Value>(ask: (stripe: Stripe) => Promise<Value>) =>
    await inOurWords(ask((await parts.open()).stripe), parts.report);

  return {
    async bought(tenant) {
      const { subscription } = await billingOf(tenant);
      if (!subscription) return null;
      return { state: subscription.state, paidUntil: subscription.period_end, endsAt: subscription.ends_at };
    },

    async invoices(tenant) {
      const { customer } = await billingOf(tenant);
      if (customer === null) return [];
      const { data } = await asked((stripe) => stripe.invoices.list({ customer, limit: INVOICES }));
      return data.map(invoiceOf);
    },

    async checkout({ tenant, plan, email, back }) {
      const prices = parts.settings.prices.get(plan);
      if (!prices) throw new FormError("Choose one of the plans.");
      const { customer, subscription } = await billingOf(tenant);
      if (subscription?.state === "active" || subscription?.state === "late") {
        await asked((stripe) => changePlan(stripe, subscription.id, plan, parts.settings));
        return null;
      }
      const payer = customer ?? (await addCustomer(tenant, email));
      const { url } = await asked((stripe) =>
        stripe.checkout.sessions.create({
          ...{ mode: "subscription", customer: payer, client_reference_id: tenant },
          line_items: prices.map(lineOf),
          subscription_data: { metadata: { tenant } },
          ...{ success_url: `${back}?checkout=done`, cancel_url: back },
        }),
      );
      return url ?? back;
    },

    async portal({ tenant, back }) {
      const { customer } = await billingOf(tenant);
      if (customer === null) return null;
      return (await asked((stripe) => stripe.billingPortal.sessions.create({ customer, return_url: back }))).url;
    },

    hear: (request) => hearStripe(request, parts),
    reportUsage: () => reportUsage(parts),
  };

  /** Under one key, so that two who begin at once make one customer; of two, the API keeps the first. */
  async function addCustomer(tenant: string, email: string): Promise<string> {
    const idempotencyKey = `snapbyte-customer-${tenant}-${await shortHash(email)}`;
    const made = await asked((stripe) => stripe.customers.create({ email, metadata: { tenant } }, { idempotencyKey }));
    return await bindCustomer(serviceApi(parts), tenant, made.id);
  }
}

/**
 * The difference is charged at once, and where that fails nothing is changed. A price that no plan has was agreed with
 * somebody: another one beside it would be paid, too.
 */
async function changePlan(stripe: Stripe, id: string, plan: string, { prices }: StripeSettings): Promise<void> {
  const { items } = await stripe.subscriptions.retrieve(id);
  if (planBought(items.data, prices) === null) {
    throw new FormError("Your subscription has a price of its own: ask the operator to change it.");
  }
  await stripe.subscriptions.update(id, {
    items: itemChanges(items.data, plan, prices),
    ...{ proration_behavior: "always_invoice", payment_behavior: "error_if_incomplete", cancel_at_period_end: false },
  });
}

const INVOICE_STATES = ["draft", "open", "paid", "void", "uncollectible"] as const;

function invoiceOf({ id, number, created, total, currency, status, hosted_invoice_url }: Stripe.Invoice): Invoice {
  const state = INVOICE_STATES.find((each) => each === status) ?? "draft";
  return { id, number, at: isoOf(created), cents: total, currency, state, url: hosted_invoice_url ?? null };
}

async function shortHash(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(bytes).slice(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
