import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { failure, type StripeStandIn, startStripe } from "../../setup/stripe/stripe-stand-in.ts";
import { type PaymentWorld, paymentOver } from "./payment-world.ts";

const BACK = "https://console.example.com/app/acme/plan";
const WISH = { tenant: "acme", plan: "pro", email: "anna@acme.example", back: BACK };
const SUBSCRIPTION = { id: "sub_1", state: "active", plan: "pro", period_end: "2026-12-19T00:00:00Z", ends_at: null };

let stripe: StripeStandIn;
let world: PaymentWorld;
beforeAll(async () => {
  stripe = await startStripe();
});
afterAll(async () => await stripe.stop());
beforeEach(() => {
  stripe.forget();
  world = paymentOver(stripe);
});

/** The tenant pays for Pro. */
function paying(): void {
  stripe.customers.set("cus_1", {});
  const items = [
    { id: "si_1", price: "price_pro", quantity: 1 },
    { id: "si_2", price: "price_pro_requests" },
    { id: "si_3", price: "price_support" },
  ];
  stripe.subscriptions.set("sub_1", { id: "sub_1", customer: "cus_1", status: "active", items });
  world.api.billing.set("acme", { customer: "cus_1", subscription: SUBSCRIPTION });
}

describe("a first payment", () => {
  it("makes the customer, writes down who it is, and leads to the checkout", async () => {
    expect(await world.payment.checkout(WISH)).toBe("https://checkout.stripe.com/c/pay/cs_test_1");
    expect(world.api.billing.get("acme")).toEqual({ customer: "cus_1", subscription: null });
    const [customer, session] = stripe.asked;
    expect(customer).toMatchObject({
      path: "/v1/customers",
      fields: { email: WISH.email, metadata: { tenant: "acme" } },
    });
    expect(session).toMatchObject({
      path: "/v1/checkout/sessions",
      fields: {
        ...{ mode: "subscription", customer: "cus_1", client_reference_id: "acme" },
        line_items: [{ price: "price_pro", quantity: "1" }, { price: "price_pro_requests" }],
        ...{ success_url: `${BACK}?checkout=done`, cancel_url: BACK },
      },
    });
  });

  it("makes one customer of two that begin at once, and none of who is one", async () => {
    await Promise.all([world.payment.checkout(WISH), world.payment.checkout(WISH)]);
    expect(stripe.customers.size).toBe(1);
    await world.payment.checkout({ ...WISH, email: "max@acme.example" });
    expect(stripe.customers.size).toBe(1);
    expect(stripe.asked.filter(({ path }) => path === "/v1/checkout/sessions")).toHaveLength(3);
  });

  it("goes with the customer that was written down first", async () => {
    stripe.customers.set("cus_first", {});
    world.api.billing.set("acme", { customer: "cus_first", subscription: null });
    await world.payment.checkout(WISH);
    expect(stripe.asked.at(-1)?.fields).toMatchObject({ customer: "cus_first" });
  });

  it("is for plans that have a price", async () => {
    await expect(world.payment.checkout({ ...WISH, plan: "free" })).rejects.toThrow("Choose one of the plans.");
    expect(stripe.asked).toEqual([]);
  });
});

describe("another plan, of who pays", () => {
  it("takes the place of the one that is paid, price by price, and is charged at once", async () => {
    paying();
    expect(await world.payment.checkout({ ...WISH, plan: "scale" })).toBeNull();
    expect(stripe.asked.at(-1)).toMatchObject({
      ...{ method: "POST", path: "/v1/subscriptions/sub_1" },
      fields: {
        items: [
          { id: "si_1", price: "price_scale" },
          { id: "si_2", price: "price_scale_requests" },
        ],
        ...{ proration_behavior: "always_invoice", payment_behavior: "error_if_incomplete" },
      },
    });
    const prices = stripe.subscriptions.get("sub_1")?.items.map(({ price }) => price);
    expect(prices).toEqual(["price_scale", "price_scale_requests", "price_support"]);
  });

  it("is not set beside a price that no plan has: both would be paid", async () => {
    paying();
    const items = [{ id: "si_1", price: "price_agreed", quantity: 1 }];
    stripe.subscriptions.set("sub_1", { id: "sub_1", customer: "cus_1", status: "active", items });
    await expect(world.payment.checkout({ ...WISH, plan: "scale" })).rejects.toThrow("a price of its own");
    expect(stripe.asked.map(({ method }) => method)).toEqual(["GET"]);
  });

  it("is bought anew where the last subscription is over", async () => {
    paying();
    world.api.billing.set("acme", { customer: "cus_1", subscription: { ...SUBSCRIPTION, state: "ended" } });
    expect(await world.payment.checkout(WISH)).toMatch(/^https:\/\/checkout\.stripe\.com\//);
  });

  it("is not had where the card is declined, and the words are ours", async () => {
    paying();
    const declined = failure(402, "Your card was declined. [internal]", "card_error", { code: "card_declined" });
    stripe.answerWith("POST /v1/subscriptions/sub_1", declined);
    const change = world.payment.checkout({ ...WISH, plan: "scale" });
    await expect(change).rejects.toMatchObject({
      status: 402,
      message: expect.stringContaining("was declined, and nothing"),
    });
    expect(world.reported).toEqual([]);
  });
});

describe("the page of cards and addresses", () => {
  it("is Stripe's, and comes back", async () => {
    paying();
    const url = await world.payment.portal({ tenant: "acme", back: BACK });
    expect(url).toBe("https://billing.stripe.com/p/session/bps_1");
    expect(stripe.asked.at(-1)?.fields).toEqual({ customer: "cus_1", return_url: BACK });
  });

  it("is not there before anything was to be paid", async () => {
    expect(await world.payment.portal({ tenant: "acme", back: BACK })).toBeNull();
  });
});

describe("what was bought, and its invoices", () => {
  it("are none of who has never been about to pay, and Stripe is not asked", async () => {
    expect(await world.payment.bought("acme")).toBeNull();
    expect(await world.payment.invoices("acme")).toEqual([]);
    expect(stripe.asked).toEqual([]);
  });

  it("are shown as Stripe has them", async () => {
    paying();
    const invoice = { object: "invoice", customer: "cus_1", created: 1_795_089_600, currency: "usd", total: 4900 };
    stripe.invoices.push(
      { ...invoice, id: "in_2", number: "A-2", status: "open", hosted_invoice_url: "https://invoice.stripe.com/i/2" },
      { ...invoice, id: "in_1", number: null, status: "strange", hosted_invoice_url: null },
      { ...invoice, id: "in_0", customer: "cus_other", number: "B-1", status: "paid" },
    );
    const at = "2026-11-19T12:00:00.000Z";
    expect(await world.payment.invoices("acme")).toEqual([
      {
        id: "in_2",
        number: "A-2",
        at,
        cents: 4900,
        currency: "usd",
        state: "open",
        url: "https://invoice.stripe.com/i/2",
      },
      { id: "in_1", number: null, at, cents: 4900, currency: "usd", state: "draft", url: null },
    ]);
    expect(await world.payment.bought("acme")).toEqual({
      ...{ state: "active", paidUntil: "2026-12-19T00:00:00Z", endsAt: null },
    });
  });
});

describe("when Stripe fails", () => {
  it.each([
    [500, "api_error"],
    [401, "invalid_request_error"],
    [429, "invalid_request_error"],
  ])("with %d, people read our words, and we what happened", async (status, type) => {
    paying();
    const failed = failure(status, "internal words, req_1", type);
    stripe.answerWith("GET /v1/invoices", failed);
    const invoices = world.payment.invoices("acme");
    await expect(invoices).rejects.toMatchObject({ status: 402, message: expect.not.stringContaining("internal") });
    expect(world.reported).toHaveLength(1);
  });

  it("once, it is asked again, under the same key where something changes", async () => {
    stripe.answerWith("POST /v1/customers", failure(500, "once", "api_error"), null);
    expect(await world.payment.checkout(WISH)).toMatch(/^https:/);
    const keys = stripe.asked
      .filter(({ path }) => path === "/v1/customers")
      .map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toMatch(/^snapbyte-customer-acme-[0-9a-f]{16}$/);
  });

  it("by not being there, nothing is written down", async () => {
    const gone = await startStripe();
    await gone.stop();
    const { payment, api, reported } = paymentOver(gone);
    await expect(payment.checkout(WISH)).rejects.toMatchObject({ status: 402 });
    expect([api.billing.size, reported.length]).toEqual([0, 1]);
  });
});
