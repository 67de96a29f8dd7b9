import { describe, expect, it } from "vitest";
import { readStripe } from "../../../src/console/stripe/settings.ts";
import { itemChanges } from "../../../src/console/stripe/subscriptions.ts";
import { PRICES } from "./payment-world.ts";

const RAW = {
  ...{ STRIPE_SECRET_KEY: "sk_test_x", STRIPE_WEBHOOK_SECRET: "whsec_x" },
  STRIPE_PRICES: JSON.stringify({ pro: "price_1", scale: ["price_2", "price_3"] }),
};

describe("the settings of payment", () => {
  it("are none without a key, whatever else there is", () => {
    expect(readStripe({ ...RAW, STRIPE_SECRET_KEY: undefined }, false)).toBeNull();
    expect(readStripe({}, true)).toBeNull();
  });

  it("say which prices stand for which plan, and what is metered", () => {
    const settings = readStripe({ ...RAW, STRIPE_METERS: '{"requests": "snapbyte_requests"}' }, false);
    expect(settings).toEqual({
      ...{ key: "sk_test_x", webhookSecret: "whsec_x", at: null, meters: { requests: "snapbyte_requests" } },
      prices: new Map([
        ["pro", ["price_1"]],
        ["scale", ["price_2", "price_3"]],
      ]),
    });
    expect(readStripe(RAW, false)?.meters).toEqual({});
  });

  it.each([
    ["STRIPE_SECRET_KEY", "pk_test_x"],
    ["STRIPE_SECRET_KEY", "sk_test_x y"],
    ["STRIPE_WEBHOOK_SECRET", undefined],
    ["STRIPE_WEBHOOK_SECRET", "secret"],
    ["STRIPE_PRICES", undefined],
    ["STRIPE_PRICES", "not JSON"],
    ["STRIPE_PRICES", "{}"],
    ["STRIPE_PRICES", '{"free": "price_0"}'],
    ["STRIPE_PRICES", '{"unmetered": "price_0"}'],
    ["STRIPE_PRICES", '{"gold": "price_0"}'],
    ["STRIPE_PRICES", '{"pro": []}'],
    ["STRIPE_PRICES", '{"pro": "price_1", "scale": "price_1"}'],
    ["STRIPE_METERS", '{"hours": "x"}'],
    ["STRIPE_METERS", '["requests"]'],
  ])("are refused with %s=%s, whose value is not told", (name, value) => {
    const read = () => readStripe({ ...RAW, [name]: value }, false);
    expect(read).toThrow(name);
    if (value) expect(read).not.toThrow(value);
  });

  it("name a stand-in in local development alone", () => {
    const raw = { ...RAW, STRIPE_API_URL: "http://127.0.0.1:4242" };
    expect(readStripe(raw, true)?.at).toEqual({ protocol: "http", host: "127.0.0.1", port: 4242 });
    expect(readStripe({ ...RAW, STRIPE_API_URL: "https://pay.example" }, true)?.at?.port).toBe(443);
    expect(() => readStripe(raw, false)).toThrow("STRIPE_API_URL is for local development alone.");
    expect(() => readStripe({ ...RAW, STRIPE_API_URL: "127.0.0.1" }, true)).toThrow("STRIPE_API_URL");
  });
});

describe("another plan", () => {
  const item = (id: string, price: string) => ({ id, price: { id: price } }) as never;

  it.each([
    [
      ["price_pro", "price_pro_requests"],
      [
        { id: "0", price: "price_scale" },
        { id: "1", price: "price_scale_requests" },
      ],
    ],
    [["price_pro"], [{ id: "0", price: "price_scale" }, { price: "price_scale_requests" }]],
    [
      ["price_else", "price_pro"],
      [{ id: "1", price: "price_scale" }, { price: "price_scale_requests" }],
    ],
    [["price_scale"], [{ id: "0", price: "price_scale" }, { price: "price_scale_requests" }]],
    [
      ["price_pro", "price_scale"],
      [{ id: "0", price: "price_scale" }, { id: "1", deleted: true }, { price: "price_scale_requests" }],
    ],
    [[], [{ price: "price_scale", quantity: 1 }, { price: "price_scale_requests" }]],
  ])("takes the places of %j", (prices, changes) => {
    expect(
      itemChanges(
        prices.map((price, id) => item(String(id), price)),
        "scale",
        PRICES,
      ),
    ).toEqual(changes);
  });

  it("with fewer prices lets go of the rest", () => {
    const fewer = new Map([...PRICES, ["scale", ["price_scale"]]]);
    const items = [item("0", "price_pro"), item("1", "price_pro_requests")];
    expect(itemChanges(items, "scale", fewer)).toEqual([
      { id: "0", price: "price_scale" },
      { id: "1", deleted: true },
    ]);
  });
});
