import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { failure, type StripeStandIn, startStripe } from "../../setup/stripe/stripe-stand-in.ts";
import { type PaymentWorld, paymentOver } from "./payment-world.ts";

let stripe: StripeStandIn;
let world: PaymentWorld;
beforeAll(async () => {
  stripe = await startStripe();
});
afterAll(async () => await stripe.stop());
beforeEach(() => {
  stripe.forget();
  stripe.customers.set("cus_1", {});
  world = paymentOver(stripe);
  world.api.reports.push(reportOf("requests", 12), reportOf("delivered_megabytes", 7));
});

const DAY = "2026-11-19";
const EVENTS = "POST /v1/billing/meter_events";
const reportOf = (meter: string, value: number, more: object = {}) => {
  return { identifier: `acme:${meter}:${DAY}:1`, customer: "cus_1", meter, day: DAY, value, ...more };
};
const IDS = [`acme:requests:${DAY}:1`, `acme:delivered_megabytes:${DAY}:1`];

describe("what was used", () => {
  it("is told to the meters under its identifier, in the last second of its day", async () => {
    await world.payment.reportUsage();
    const timestamp = String(Date.parse("2026-11-19T23:59:59Z") / 1000);
    const payload = (value: string) => ({ stripe_customer_id: "cus_1", value });
    expect(stripe.meterEvents).toEqual([
      { event_name: "snapbyte_requests", identifier: IDS[0], timestamp, payload: payload("12") },
      { event_name: "snapbyte_megabytes", identifier: IDS[1], timestamp, payload: payload("7") },
    ]);
    expect(world.api.settled).toEqual([{ sent: IDS, refused: [] }]);
  });

  it("counts once, though it is told again: that it has arrived is not known here", async () => {
    await world.payment.reportUsage();
    await world.payment.reportUsage();
    expect(stripe.meterEvents).toHaveLength(2);
    expect(world.api.settled).toEqual([
      { sent: IDS, refused: [] },
      { sent: IDS, refused: [] },
    ]);
    expect(world.reported).toEqual([]);
  });

  it("is known as twice told by the code, too", async () => {
    const twice = failure(400, "said otherwise", "invalid_request_error", { code: "duplicate_meter_event" });
    stripe.answerWith(EVENTS, twice);
    await world.payment.reportUsage();
    expect(world.api.settled).toEqual([{ sent: IDS, refused: [] }]);
  });

  it("goes on after what is refused, which may be told at any time", async () => {
    world.api.reports.unshift(reportOf("requests", 5, { customer: "cus_gone", identifier: "gone:1" }));
    await world.payment.reportUsage();
    expect(world.api.settled).toEqual([{ sent: IDS, refused: ["gone:1"] }]);
    expect(world.reported).toHaveLength(1);
  });

  it("stops where Stripe does not answer: what was not tried was not told, and of the one nobody knows", async () => {
    const failed = failure(500, "internal", "api_error");
    stripe.answerWith(EVENTS, failed);
    await world.payment.reportUsage();
    expect(stripe.meterEvents).toEqual([]);
    expect(world.api.settled).toEqual([{ sent: [], refused: [IDS[1]] }]);
  });

  it("tells whoever looks at the log of what is past telling", async () => {
    world.api.held = 3;
    await world.payment.reportUsage();
    expect(world.reported).toEqual([new Error("3 reports are not known to have arrived")]);
  });

  it("asks nobody where nothing is metered, and Stripe nothing where nothing was used", async () => {
    const unmetered = paymentOver(stripe, { meters: {} });
    unmetered.api.isAway = true;
    await unmetered.payment.reportUsage();
    world.api.reports.splice(0);
    await world.payment.reportUsage();
    expect([stripe.asked.length, world.api.settled.length]).toEqual([0, 0]);
  });

  it("waits for the next hour when the API is away", async () => {
    world.api.isAway = true;
    await expect(world.payment.reportUsage()).rejects.toMatchObject({ status: 503 });
    expect(stripe.asked).toEqual([]);
  });
});
