import * as z from "zod";
import { METERS, type Meter } from "../../core/billing/meters.ts";
import { SnapbyteError } from "../../core/errors.ts";
import { planOf } from "../../core/plans/plans.ts";
import { optionalText, parsed, type RawSettings } from "../../core/settings.ts";

export type StripeSettings = {
  readonly key: string;
  /** The secret of the endpoint that Stripe calls. */
  readonly webhookSecret: string;
  /** By plan: the price that stands for it, and those that are metered beside it. */
  readonly prices: ReadonlyMap<string, readonly string[]>;
  /** The event names of Stripe's meters; what is not named is not told. */
  readonly meters: Readonly<Partial<Record<Meter, string>>>;
  /** A stand-in, in local development alone; `null`: Stripe itself. */
  readonly at: { readonly protocol: "http" | "https"; readonly host: string; readonly port: number } | null;
};

/** https://docs.stripe.com/api/prices/object, https://docs.stripe.com/api/billing/meter/object */
const price = z.string().regex(/^[\w-]{1,255}$/);
const eventName = z.string().min(1).max(100);

const prices = z.record(z.string(), z.union([price.transform((one) => [one]), z.array(price).min(1).max(10)]));
const meters = z.partialRecord(z.enum(METERS), eventName);

/** `null` without STRIPE_SECRET_KEY: payment is off. Throws MISCONFIGURED, naming what is not valid and never its value. */
export function readStripe(raw: RawSettings, local: boolean): StripeSettings | null {
  if (optionalText(raw, "STRIPE_SECRET_KEY") === null) return null;
  const standIn = optionalText(raw, "STRIPE_API_URL");
  if (standIn !== null && !local) {
    throw new SnapbyteError("MISCONFIGURED", "STRIPE_API_URL is for local development alone.");
  }
  return {
    key: parsed(raw, "STRIPE_SECRET_KEY", (key) => (/^[sr]k_\w+$/.test(key) ? key : null)),
    webhookSecret: parsed(raw, "STRIPE_WEBHOOK_SECRET", (secret) => (/^whsec_\S+$/.test(secret) ? secret : null)),
    prices: parsed(raw, "STRIPE_PRICES", readPrices),
    meters:
      optionalText(raw, "STRIPE_METERS") === null ? {} : parsed(raw, "STRIPE_METERS", (text) => read(meters, text)),
    at: standIn === null ? null : parsed(raw, "STRIPE_API_URL", readAddress),
  };
}

/** Plans that cost something, and each price once: else nobody could tell by a price what was bought. */
function readPrices(text: string): ReadonlyMap<string, readonly string[]> | null {
  const said = Object.entries(read(prices, text) ?? {});
  const all = said.flatMap(([, names]) => names);
  const isSold = (id: string) => planOf(id)?.offered === true && (planOf(id)?.priceCents ?? 0) > 0;
  if (said.length === 0 || new Set(all).size < all.length || !said.every(([id]) => isSold(id))) return null;
  return new Map(said);
}

function readAddress(text: string): StripeSettings["at"] {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const protocol = url.protocol === "http:" ? "http" : "https";
  return { protocol, host: url.hostname, port: Number(url.port) || (protocol === "http" ? 80 : 443) };
}

function read<Schema extends z.ZodType>(schema: Schema, text: string): z.infer<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
