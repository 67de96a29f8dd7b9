import type { Stripe } from "stripe";
import type { StripeSettings } from "./settings.ts";

/** How long one request may take, in ms: a page waits for it. */
const PATIENCE_MS = 10_000;
/** The library repeats what did not get through under the same idempotency key. */
const RETRIES = 1;

/** Stripe's own library, by the fetch and the crypto that Workers have. */
export type OpenedStripe = {
  readonly stripe: Stripe;
  readonly crypto: ReturnType<typeof Stripe.createSubtleCryptoProvider>;
};

/** Loads the library when somebody needs it: pages that have nothing to do with money are spared it. */
export function stripeOpener({ key, at }: Pick<StripeSettings, "key" | "at">): () => Promise<OpenedStripe> {
  let opened: OpenedStripe | undefined;
  return async () => {
    // Not the promise: the runtime ends one that belongs to another request with that.
    const { Stripe } = await import("stripe");
    opened ??= {
      stripe: new Stripe(key, {
        ...{ httpClient: Stripe.createFetchHttpClient(), timeout: PATIENCE_MS, maxNetworkRetries: RETRIES },
        ...{ telemetry: false, ...at },
      }),
      crypto: Stripe.createSubtleCryptoProvider(),
    };
    return opened;
  };
}
