import type { Payment } from "../../../src/console/payment.ts";
import type { Estimator } from "../../../src/console/site/estimate.ts";
import type { PlanOffer } from "../../../src/console/site/plan-offers.ts";

/** Nine cents a GB at the origin, a tenth of a cent here: no price of anybody's. */
export const FAKE_ESTIMATOR: Estimator = {
  tariffs: [
    { id: "s3/us-europe", where: "Amazon S3, US, Canada, Europe" },
    { id: "gcs/europe", where: "Google Cloud Storage, Europe" },
  ],
  estimate({ gbPerMonth, repeatPercent }) {
    const gb = BigInt(Math.round(gbPerMonth));
    const wouldHavePaid = gb * 90_000_000n;
    const paidToOrigin = (wouldHavePaid * BigInt(100 - Math.round(repeatPercent))) / 100n;
    const paidToPlatform = gb * 1_000_000n;
    const saved = wouldHavePaid - paidToOrigin - paidToPlatform;
    const sources = [{ page: "https://prices.example/", asOf: "2026-11-01", note: "For tests." }];
    return { wouldHavePaid, paidToOrigin, paidToPlatform, saved, sources };
  },
};

const limits = (requests: number | null, bytes: number | null) => {
  return {
    requests,
    deliveredBytes: bytes,
    storedBytes: bytes,
    maxObjectBytes: bytes,
    keys: 5,
    domains: 1,
    members: 3,
  };
};

export const FAKE_PLANS: readonly PlanOffer[] = [
  { id: "free", name: "Free", priceCents: 0, hard: true, limits: limits(1_000_000, 100e9) },
  { id: "pro", name: "Pro", priceCents: 4900, hard: false, limits: limits(50_000_000, 10e12) },
  { id: "scale", name: "Scale", priceCents: 49_900, hard: false, limits: limits(null, null) },
];

export const FAKE_PAYMENT: Payment = {
  bought: async () => ({ state: "active", paidUntil: "2026-12-01T00:00:00Z", endsAt: null }),
  hear: async () => new Response("heard"),
  reportUsage: async () => {},
  invoices: async () => [
    {
      id: "in_2",
      number: "A-0002",
      at: "2026-11-01T00:00:00Z",
      cents: 4900,
      currency: "usd",
      state: "open",
      url: "https://invoice.example/2",
    },
    {
      id: "in_1",
      number: "A-0001",
      at: "2026-10-01T00:00:00Z",
      cents: 4900,
      currency: "usd",
      state: "paid",
      url: null,
    },
  ],
  checkout: async ({ plan }) => `https://checkout.stripe.com/c/${plan}`,
  portal: async () => "https://billing.stripe.com/p/session",
};
