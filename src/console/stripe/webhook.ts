import type { Stripe } from "stripe";
import { tellBilling } from "../api/billing.ts";
import { serviceApi } from "../api/service.ts";
import { readAtMost } from "../frame/read-at-most.ts";
import { isStripeFailure } from "./in-our-words.ts";
import type { StripeParts } from "./stripe-payment.ts";
import { isoOf, subscriptionFacts } from "./subscriptions.ts";

/** How old a signature may be, in seconds: whoever has heard one cannot send it for ever. */
const TOLERANCE_S = 300;
/** Bytes of the largest event that is read; theirs have some thousands. */
const MAX_EVENT = 512 * 1024;

/** What changes who pays for what. Invoices and payments show in one of these, too. */
const KINDS: ReadonlySet<string> = new Set([
  "customer.subscription.created",
  "customer.subscription.updated",
  "customer.subscription.deleted",
  "customer.subscription.paused",
  "customer.subscription.resumed",
]);

/**
 * Hears what Stripe tells, as often and in whichever order it does: the API counts each event once. 200: nothing more is to
 * be done about it; 400: it is not from Stripe; 503: it has to be told again. Never rejects.
 */
export async function hearStripe(request: Request, parts: StripeParts): Promise<Response> {
  if (request.method !== "POST") return said(405, "only POST", { Allow: "POST" });
  try {
    const event = await readEvent(request, parts);
    if (!event) return said(400, "the signature is not valid");
    return said(200, KINDS.has(event.type) ? await hearSubscription(event, parts) : "nothing to do");
  } catch (error) {
    parts.report("webhook", error);
    return said(503, "try again", { "Retry-After": "60" });
  }
}

/** `null`: it is not signed by Stripe for us, or too old. */
async function readEvent(request: Request, { open, settings, now }: StripeParts): Promise<Stripe.Event | null> {
  const signature = request.headers.get("Stripe-Signature");
  // As it came: the signature is over these very bytes.
  const body = signature && (await readAtMost(request, MAX_EVENT));
  if (!signature || !body || body.byteLength === 0) return null;
  const { stripe, crypto } = await open();
  const secret = settings.webhookSecret;
  try {
    return await stripe.webhooks.constructEventAsync(body, signature, secret, TOLERANCE_S, crypto, now());
  } catch {
    return null;
  }
}

/**
 * Tells the API how the subscription stands now, which Stripe is asked for: what the event holds may be old, and two that
 * happened within one second could not be told apart.
 */
async function hearSubscription(event: Stripe.Event, parts: StripeParts): Promise<string> {
  const { id } = event.data.object as Stripe.Subscription;
  const { stripe } = await parts.open();
  const subscription = await stripe.subscriptions.retrieve(id).catch(nullIfGone);
  if (!subscription) return "nothing to do";
  const { customer } = subscription;
  const { outcome } = await tellBilling(serviceApi(parts), {
    ...{ id: event.id, kind: event.type, at: isoOf(event.created) },
    customer: typeof customer === "string" ? customer : customer.id,
    subscription: subscriptionFacts(subscription, parts.settings.prices),
  });
  return outcome;
}

/** Nobody has to hear of what Stripe itself knows no more. */
function nullIfGone(error: unknown): null {
  if (isStripeFailure(error) && error.code === "resource_missing") return null;
  throw error;
}

/** Stripe shows the answer to whoever looks at the endpoint there. */
function said(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return Response.json({ said: text }, { status, headers: { ...headers, "Cache-Control": "no-store" } });
}
