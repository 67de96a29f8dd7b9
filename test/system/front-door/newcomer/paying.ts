import { expect, it } from "vitest";
import type { Stack } from "../../../../src/dev/stack.ts";
import { signedEvent } from "../../../setup/stripe/signed-event.ts";
import type { StripeStandIn } from "../../../setup/stripe/stripe-stand-in.ts";
import { signIn } from "../../stack/sign-up.ts";
import { visitor } from "../../stack/visitor.ts";

const WEBHOOK_SECRET = "whsec_of_the_tests";

/** What a console needs that takes money by this stand-in of Stripe. */
export function paidBy({ key, url }: Pick<StripeStandIn, "key" | "url">): Record<string, string> {
  return {
    ...{ STRIPE_SECRET_KEY: key, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, STRIPE_API_URL: url },
    ...{ STRIPE_PRICES: '{"pro":"price_pro"}', STRIPE_METERS: '{"requests":"snapbyte_requests"}' },
  };
}

/** The way from the free plan to one that is paid, of somebody who has signed up before. */
export function paying(stack: () => Stack, stripe: () => StripeStandIn | undefined): void {
  it("has the plan as soon as its payment was told, once, and by Stripe alone", async () => {
    const { console: address } = stack();
    const at = visitor(address ?? "");
    await signIn(at, "anna@example.com");
    const home = ((await at.see("/app")).location ?? "").replace(/\/overview$/, "");
    expect((await at.see(`${home}/plan`)).text).toContain("Free plan");
    const checkout = await at.send(`${home}/plan`, { plan: "pro" });
    expect(checkout).toMatchObject({ status: 303, location: "https://checkout.stripe.com/c/pay/cs_test_1" });
    const items = [{ id: "si_1", price: "price_pro", quantity: 1 }];
    stripe()?.subscriptions.set("sub_1", { id: "sub_1", customer: "cus_1", status: "active", items });

    const tell = async (secret: string) => {
      const signedAt = Math.floor(Date.now() / 1000);
      const { body, signature } = await signedEvent({ id: "evt_1", object: { id: "sub_1" }, secret, signedAt });
      const init = { method: "POST", body, headers: { "Stripe-Signature": signature } };
      const response = await fetch(`${address}/webhooks/stripe`, init);
      return [response.status, ((await response.json()) as { said: string }).said];
    };
    expect((await tell("whsec_of_somebody_else"))[0]).toBe(400);
    expect((await at.see(`${home}/plan`)).text).toContain("Free plan");
    expect(await tell(WEBHOOK_SECRET)).toEqual([200, "applied"]);
    expect(await tell(WEBHOOK_SECRET)).toEqual([200, "again"]);
    const { text } = await at.see(`${home}/plan`);
    expect(text).toContain("Pro plan");
    expect(text).toContain("Paid until");
    expect((await at.see(`${home}/audit`)).text.match(/billing\.plan/g)).toHaveLength(1);
    // The hour's report of usage, which has nothing to tell yet.
    expect((await fetch(`${address}/cdn-cgi/handler/scheduled`)).status).toBe(200);
  });
}
