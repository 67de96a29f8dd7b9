import { GIB, type OriginTariff, TB, tiers } from "../origin-tariff.ts";
import type { Source } from "../source.ts";

const SOURCE: Source = {
  page: "https://aws.amazon.com/cloudfront/pricing/pay-as-you-go/",
  readOn: "2026-11-21",
  asOf: "2026-08-31",
  currency: "USD",
  confirmed: true,
  note:
    "Pay as you go. 1 GB is taken to be 2^30 bytes, as in the rest of the price list. 1 TB and 10 million requests of a " +
    "month are free for an account everywhere together; here each group of edges has them, as the first of its first tier. " +
    "Prices go by the edge that serves, which nobody but AWS knows: choose where most of your clients are. Requests are HTTPS.",
};

/** Dollars a GB: the first 10 TB, the next 40, 100, 350, 524, the next 4 PB, all beyond. */
type Prices = readonly [string, string, string, string, string, string, string];

/** Amazon CloudFront, for those whose signed URLs are CloudFront's. What the bucket sends to CloudFront is free. */
export const CLOUDFRONT: readonly OriginTariff[] = [
  cloudfront("us", "US, Mexico, Canada", ["0.085", "0.08", "0.06", "0.04", "0.03", "0.025", "0.02"], "0.01"),
  cloudfront("europe", "Europe, Israel, Türkiye", ["0.085", "0.08", "0.06", "0.04", "0.03", "0.025", "0.02"], "0.012"),
  cloudfront("india", "India", ["0.109", "0.085", "0.082", "0.08", "0.078", "0.075", "0.072"], "0.012"),
];

function cloudfront(name: string, where: string, prices: Prices, tenThousandRequests: string): OriginTariff {
  const [ten, fifty, hundredFifty, fiveHundred, thousand, fivePb, beyond] = prices;
  const steps = tiers(
    ...([
      [TB, "0"],
      [10n * TB, ten],
      [50n * TB, fifty],
      [150n * TB, hundredFifty],
    ] as const),
    ...([
      [500n * TB, fiveHundred],
      [1024n * TB, thousand],
      [5n * TB * TB, fivePb],
      [null, beyond],
    ] as const),
  );
  return {
    ...({ id: `cloudfront/${name}`, from: "2026-01-01", provider: "cloudfront" } as const),
    where: `Amazon CloudFront, clients in ${where}`,
    regions: [],
    transfer: { unit: GIB, tiers: steps },
    requests: { unit: 10_000n, tiers: tiers([1000n, "0"], [null, tenThousandRequests]) },
    sources: [SOURCE],
  };
}
