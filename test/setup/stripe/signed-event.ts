import { Stripe } from "stripe";

/** An event as Stripe sends it, signed by the library's own means. https://docs.stripe.com/api/events/object */
export type SignedEvent = { readonly body: string; readonly signature: string };

export type EventWish = {
  readonly id: string;
  readonly type?: string;
  /** Seconds since the epoch. */
  readonly created?: number;
  readonly object?: Readonly<Record<string, unknown>>;
  readonly secret: string;
  /** When it was signed, seconds since the epoch. */
  readonly signedAt: number;
};

export async function signedEvent(wish: EventWish): Promise<SignedEvent> {
  const { id, type = "customer.subscription.updated", created = wish.signedAt, object = {}, secret, signedAt } = wish;
  const body = JSON.stringify({
    ...{ id, object: "event", api_version: Stripe.API_VERSION, created, livemode: false, type },
    ...{ pending_webhooks: 1, request: { id: null, idempotency_key: null }, data: { object } },
  });
  const signing = { payload: body, secret, timestamp: signedAt };
  return { body, signature: await Stripe.webhooks.generateTestHeaderStringAsync(signing) };
}
