import type { Stripe } from "stripe";
import type { Meter } from "../../core/billing/meters.ts";
import { claimReports, settleReports, type UsageReport } from "../api/billing.ts";
import { serviceApi } from "../api/service.ts";
import { isStripeFailure } from "./in-our-words.ts";
import type { StripeParts } from "./stripe-payment.ts";

/** The last second of a day, in seconds after its first: the day is in the period in which it ends. */
const LAST_SECOND = 86_399;

/**
 * Tells Stripe's meters what was used on days that are over. The API says what is due, under an identifier that Stripe
 * counts once, and writes down what has arrived: what ends in between is sent again under the same one. One after the
 * other: Stripe takes one call at a time of a customer and meter.
 * https://docs.stripe.com/billing/subscriptions/usage-based/recording-usage-api
 */
export async function reportUsage(parts: StripeParts): Promise<void> {
  const { meters } = parts.settings;
  const named = Object.keys(meters) as Meter[];
  if (named.length === 0) return;
  const { reports, held } = await claimReports(serviceApi(parts), named);
  if (held > 0) parts.report("usage reports", new Error(`${held} reports are not known to have arrived`));
  if (reports.length === 0) return;
  const sent: string[] = [];
  const refused: string[] = [];
  const { stripe } = await parts.open();
  let goesOn = true;
  for (const report of reports) {
    const end = goesOn ? await tell(stripe, report, meters[report.meter] ?? report.meter, parts) : "refused";
    if (end === "sent") sent.push(report.identifier);
    else if (end === "refused") refused.push(report.identifier);
    // Whoever does not answer one would not answer the rest either; the next hour goes on.
    else goesOn = false;
  }
  await settleReports(serviceApi(parts), { sent, refused });
}

/** `unclear`: it may have arrived all the same. */
async function tell(
  stripe: Stripe,
  { identifier, customer, day, value }: UsageReport,
  eventName: string,
  { report }: StripeParts,
): Promise<"sent" | "refused" | "unclear"> {
  try {
    await stripe.billing.meterEvents.create({
      ...{ event_name: eventName, identifier, timestamp: Date.parse(day) / 1000 + LAST_SECOND },
      payload: { stripe_customer_id: customer, value: String(value) },
    });
    return "sent";
  } catch (error) {
    if (!isStripeFailure(error)) throw error;
    const { statusCode = 0, code, message } = error;
    // What arrived before is refused so, by a code or by words alone.
    if (code === "duplicate_meter_event" || /already exists with identifier/i.test(message)) return "sent";
    report("usage reports", error);
    return statusCode >= 400 && statusCode < 500 ? "refused" : "unclear";
  }
}
