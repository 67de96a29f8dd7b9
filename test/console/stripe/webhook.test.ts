import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type EventWish, type SignedEvent, signedEvent } from "../../setup/stripe/signed-event.ts";
import { PERIOD_END } from "../../setup/stripe/stripe-objects.ts";
import { failure, type StripeStandIn, startStripe } from "../../setup/stripe/stripe-stand-in.ts";
import { NOW } from "../fakes/api-data.ts";
import { consoleWorld } from "../fakes/console-world.ts";
import { type PaymentWorld, paymentOver, WEBHOOK_SECRET } from "./payment-world.ts";

const URL_OF_IT = "https://console.example.com/webhooks/stripe";
const SECONDS = Math.floor(NOW / 1000);

let stripe: StripeStandIn;
let world: PaymentWorld;
beforeAll(async () => {
  stripe = await startStripe();
});
afterAll(async () => await stripe.stop());
beforeEach(() => {
  stripe.forget();
  const items = [{ id: "si_1", price: "price_pro", quantity: 1 }];
  stripe.subscriptions.set("sub_1", { id: "sub_1", customer: "cus_1", status: "active", items });
  world = paymentOver(stripe);
  world.api.billing.set("acme", { customer: "cus_1", subscription: null });
});

const signed = (wish: Partial<EventWish> = {}) =>
  signedEvent({ id: "evt_1", object: { id: "sub_1" }, secret: WEBHOOK_SECRET, signedAt: SECONDS, ...wish });
const requestOf = ({ body, signature }: SignedEvent) =>
  new Request(URL_OF_IT, { method: "POST", body, headers: { "Stripe-Signature": signature } });
const hear = async (event: SignedEvent) => {
  const response = await world.payment.hear(requestOf(event));
  return [response.status, ((await response.json()) as { said: string }).said];
};

describe("an event that Stripe has signed", () => {
  it("is told to the API as the subscription stands now", async () => {
    expect(await hear(await signed({ created: SECONDS - 5 }))).toEqual([200, "applied"]);
    const periodEnd = new Date(PERIOD_END * 1000).toISOString();
    expect(world.api.heard.get("evt_1")).toEqual({
      ...{ id: "evt_1", kind: "customer.subscription.updated", customer: "cus_1" },
      at: new Date((SECONDS - 5) * 1000).toISOString(),
      subscription: { id: "sub_1", state: "active", plan: "pro", period_end: periodEnd, ends_at: null },
    });
  });

  it("counts once, however often it comes", async () => {
    const event = await signed();
    expect(await hear(event)).toEqual([200, "applied"]);
    expect(await hear(event)).toEqual([200, "again"]);
    const outcomes = await Promise.all([hear(await signed({ id: "evt_2" })), hear(await signed({ id: "evt_2" }))]);
    expect(outcomes.map(([, said]) => said).sort()).toEqual(["again", "applied"]);
  });

  it("tells the newest state whatever the order in which events come", async () => {
    await hear(await signed({ id: "evt_2", object: { id: "sub_1", status: "active" } }));
    await hear(await signed({ id: "evt_1", created: SECONDS - 9, object: { id: "sub_1", status: "incomplete" } }));
    expect([...world.api.heard.values()].map(({ subscription }) => subscription)).toMatchObject([
      { state: "active" },
      { state: "active" },
    ]);
  });

  it.each([
    ["incomplete", "pending"],
    ["trialing", "active"],
    ["past_due", "late"],
    ["unpaid", "ended"],
    ["canceled", "ended"],
    ["paused", "ended"],
    ["incomplete_expired", "ended"],
    ["not_invented_yet", "pending"],
  ])("says of a subscription that is %s that it is %s", async (status, state) => {
    const [before] = stripe.subscriptions.values();
    if (before) stripe.subscriptions.set("sub_1", { ...before, status });
    await hear(await signed());
    expect(world.api.heard.get("evt_1")).toMatchObject({ subscription: { state } });
  });

  it.each([
    [{ cancel_at_period_end: true }, PERIOD_END],
    [{ cancel_at: PERIOD_END - 60 }, PERIOD_END - 60],
    [{ ended_at: PERIOD_END - 90, cancel_at: PERIOD_END }, PERIOD_END - 90],
  ])("says when it ends: %j", async (more, endsAt) => {
    const [before] = stripe.subscriptions.values();
    if (before) stripe.subscriptions.set("sub_1", { ...before, more });
    await hear(await signed());
    const ends_at = new Date(endsAt * 1000).toISOString();
    expect(world.api.heard.get("evt_1")).toMatchObject({ subscription: { ends_at } });
  });

  it("says of a price that stands for no plan that it is none", async () => {
    const [before] = stripe.subscriptions.values();
    if (before) stripe.subscriptions.set("sub_1", { ...before, items: [{ id: "si_1", price: "price_old" }] });
    await hear(await signed());
    expect(world.api.heard.get("evt_1")).toMatchObject({ subscription: { plan: null } });
  });

  it.each(["invoice.paid", "charge.succeeded", "something.new"])("is not ours to act on: %s", async (type) => {
    expect(await hear(await signed({ type }))).toEqual([200, "nothing to do"]);
    expect([world.api.heard.size, stripe.asked.length]).toEqual([0, 0]);
  });

  it("is nothing to us of a customer that nobody here is, or of what is gone", async () => {
    world.api.billing.clear();
    expect(await hear(await signed())).toEqual([200, "unknown"]);
    expect(await hear(await signed({ object: { id: "sub_9" } }))).toEqual([200, "nothing to do"]);
    expect(world.reported).toEqual([]);
  });
});

describe("what Stripe has not signed for us", () => {
  it.each<[string, Partial<EventWish>]>([
    ["with another secret", { secret: "whsec_of_somebody_else" }],
    ["more than five minutes ago", { signedAt: SECONDS - 301 }],
  ])("signed %s, is refused", async (_, wish) => {
    expect(await hear(await signed(wish))).toEqual([400, "the signature is not valid"]);
    expect([world.api.heard.size, stripe.asked.length]).toEqual([0, 0]);
  });

  it("is refused with another body, no body, or another field", async () => {
    const event = await signed();
    const other = (await signed({ id: "evt_2" })).body;
    for (const body of [other, `${event.body} `, "", "{}"])
      expect(await hear({ ...event, body })).toEqual([400, expect.any(String)]);
    for (const signature of ["", "t=1", "v1=00", "x", event.signature.replace("v1=", "v0=")]) {
      expect(await hear({ ...event, signature })).toEqual([400, expect.any(String)]);
    }
    const unsigned = new Request(URL_OF_IT, { method: "POST", body: event.body });
    expect((await world.payment.hear(unsigned)).status).toBe(400);
  });

  it("counts up to five minutes after it was signed", async () => {
    expect(await hear(await signed({ signedAt: SECONDS - 300 }))).toEqual([200, "applied"]);
  });

  it("is refused before all of it is read where it is too large", async () => {
    const large = await signed({ object: { id: "sub_1", more: "x".repeat(600_000) } });
    expect(await hear(large)).toEqual([400, expect.any(String)]);
    let pulled = 0;
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(64 * 1024));
      },
    });
    const headers = { "Stripe-Signature": large.signature };
    const endless = new Request(URL_OF_IT, { method: "POST", body, headers, duplex: "half" } as RequestInit);
    expect((await world.payment.hear(endless)).status).toBe(400);
    expect(pulled).toBeLessThan(12);
  });

  it("keeps to the bytes that were signed, whatever they spell", async () => {
    const event = await signed({ object: { id: "sub_1", name: "Ünï \u2028 ☃" } });
    expect(await hear(event)).toEqual([200, "applied"]);
    expect((await hear({ ...event, body: event.body.replace("Ü", "U\u0308") }))[0]).toBe(400);
  });
});

describe("when it cannot be heard", () => {
  it("Stripe is asked to tell it again: the API is away", async () => {
    world.api.isAway = true;
    const response = await world.payment.hear(requestOf(await signed()));
    expect([response.status, response.headers.get("Retry-After")]).toEqual([503, "60"]);
    world.api.isAway = false;
    expect(await hear(await signed())).toEqual([200, "applied"]);
  });

  it("or Stripe itself does not say how the subscription stands", async () => {
    const failed = failure(500, "internal", "api_error");
    stripe.answerWith("GET /v1/subscriptions/sub_1", failed);
    expect(await hear(await signed())).toEqual([503, "try again"]);
    expect(world.reported).toHaveLength(1);
  });
});

describe("the address of it", () => {
  it("takes what no browser sends, and neither asks who is signed in nor sets a cookie", async () => {
    const { answer, auth } = await consoleWorld({ payment: world.payment });
    const response = await answer(requestOf(await signed()));
    expect([response.status, response.headers.getSetCookie(), auth.asked]).toEqual([200, [], []]);
  });

  it("takes POST alone", async () => {
    const { answer } = await consoleWorld({ payment: world.payment });
    const response = await answer(new Request(URL_OF_IT));
    expect([response.status, response.headers.get("Allow")]).toEqual([405, "POST"]);
  });

  it("is nothing where payment is off", async () => {
    const { answer } = await consoleWorld({ payment: null });
    expect((await answer(new Request(URL_OF_IT))).status).toBe(404);
  });
});
