import { afterAll, expect, it } from "vitest";
import { freePort } from "../../../src/dev/net/listen.ts";
import { signedEvent } from "../../setup/stripe/signed-event.ts";
import { type StripeStandIn, startStripe } from "../../setup/stripe/stripe-stand-in.ts";
import { linkOf } from "../stack/sign-up.ts";
import { until } from "../stack/until.ts";
import { visitor } from "../stack/visitor.ts";
import { withStack } from "../stack/with-stack.ts";

const WEBHOOK_SECRET = "whsec_of_the_tests";
let stripe: StripeStandIn | undefined;
const stack = withStack(async () => {
  stripe = await startStripe();
  const consoleVars = {
    ...{ STRIPE_SECRET_KEY: stripe.key, STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET, STRIPE_API_URL: stripe.url },
    ...{ STRIPE_PRICES: '{"pro":"price_pro"}', STRIPE_METERS: '{"requests":"snapbyte_requests"}' },
  };
  return { consolePort: await freePort(), consoleVars };
});
afterAll(async () => await stripe?.stop());
const PASSWORD = "correct horse battery";

it("a newcomer signs up, confirms, makes an organisation, a key and an origin, and sees a miss and a hit", async () => {
  const { console: address, api, samples } = stack();
  const at = visitor(address ?? "");
  const email = "anna@example.com";
  expect(await at.send("/sign-up", { name: "Anna", email, password: PASSWORD })).toMatchObject({
    location: "/confirm",
  });
  const link = await linkOf(at);
  const token = link.searchParams.get("token") ?? "";
  expect((await at.see(link.href)).status).toBe(200);
  expect(await at.send("/confirm", { token })).toMatchObject({ status: 303, location: "/app" });
  expect(await at.send("/sign-in", { email, password: PASSWORD, next: "/app" })).toMatchObject({ location: "/app" });
  expect(await at.see("/app")).toMatchObject({ location: "/app/new" });

  const taken = await at.send("/app/new", { name: "Demo", site: "demo" });
  expect([taken.status, taken.text]).toEqual([422, expect.stringContaining("Choose another")]);
  const { location } = await at.send("/app/new", { name: "Anna's Media", site: "annas-media" });
  const home = (location ?? "").replace(/\/overview$/, "");
  expect(home).toMatch(/^\/app\/[\w-]+$/);
  expect((await at.see(`${home}/overview`)).text).toContain("site=annas-media");

  const made = await at.send(`${home}/keys`, { form: "add", name: "build", "scope usage:read": "yes", life: "" });
  const [key = ""] = /snap_key_[\w-]{43}/.exec(made.html) ?? [];
  const usage = await fetch(`${api}/usage`, { headers: { Authorization: `Bearer ${key}` } });
  expect(usage.status).toBe(200);
  const refused = await fetch(`${api}/access`, { headers: { Authorization: `Bearer ${key}` } });
  expect([refused.status, await refused.json()]).toMatchObject([403, { error: { code: "INSUFFICIENT_SCOPE" } }]);

  const url = samples[0]?.url ?? "";
  const origin = { form: "origin", origin: `${new URL(url).origin}/`, access: "probe", tags: "" };
  expect((await at.send(`${home}/origins`, origin)).status).toBe(303);
  const proxied = `${api}/proxy?site=annas-media&url=${encodeURIComponent(url)}`;
  const download = async () => (await fetch(proxied, { redirect: "manual" })).headers;
  const first = await until("the new origin is known everywhere", async () => {
    const headers = await download();
    return headers.has("Location") ? headers : null;
  });
  expect(first.get("Cache-Status")).toContain("fwd=uri-miss");
  const hit = await until("a copy is there", async () => {
    const headers = await download();
    return headers.get("Cache-Status")?.includes("hit") ? headers : null;
  });
  const body = await (await fetch(hit.get("Location") ?? "")).arrayBuffer();
  expect(body.byteLength).toBe(samples[0]?.bytes);

  const seen = await until("the overview tells of the hit and its bytes", async () => {
    const { text } = await at.see(`${home}/overview`);
    return /\b1 hits?\b/.test(text) && !text.includes("Delivered 0 B") ? text : null;
  });
  expect(seen).toContain(`Delivered ${samples[0]?.bytes} B`);

  const [, rule = ""] = /\?prices=(\d+)/.exec((await at.see(`${home}/origins`)).html) ?? [];
  const prices = { form: "prices", id: rule, prices: "own", per_gb: "900000", per_million: "999999", gb: "binary" };
  expect((await at.send(`${home}/origins`, prices)).status).toBe(303);
  // A dollar for each download, and a dollar for the fill: what the first hit saves is what its copy has cost.
  const { text } = await at.see(`${home}/overview`);
  expect(text).toMatch(/Saved in 30 days (?:−|)\$[\d.]+ of \$[1-9][\d.]* without a cache/);

  const log = await at.see(`${home}/audit`);
  for (const action of ["tenants.add", "keys.add", "origins.add"]) expect(log.text).toContain(action);
  await at.send("/sign-out", {});
  expect((await at.see(`${home}/overview`)).location).toMatch(/^\/sign-in\?next=/);
});

it("who pays has the plan as soon as it was told, once, and by Stripe alone", async () => {
  const { console: address } = stack();
  const at = visitor(address ?? "");
  await at.send("/sign-in", { email: "anna@example.com", password: PASSWORD });
  const home = ((await at.see("/app")).location ?? "").replace(/\/overview$/, "");
  expect((await at.see(`${home}/plan`)).text).toContain("Free plan");
  const checkout = await at.send(`${home}/plan`, { plan: "pro" });
  expect(checkout).toMatchObject({ status: 303, location: "https://checkout.stripe.com/c/pay/cs_test_1" });
  const items = [{ id: "si_1", price: "price_pro", quantity: 1 }];
  stripe?.subscriptions.set("sub_1", { id: "sub_1", customer: "cus_1", status: "active", items });

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

it("a person of one organisation finds nothing of another's, and no operator's pages", async () => {
  const { console: address, tenant } = stack();
  const at = visitor(address ?? "");
  expect(await at.send("/sign-in", { email: "anna@example.com", password: PASSWORD })).toMatchObject({ status: 303 });
  for (const path of [`/app/${tenant}/overview`, `/app/${tenant}/keys`, "/operator/tenants", "/operator/status"]) {
    expect((await at.see(path)).status).toBe(404);
  }
});
