import { flat, GIB, type OriginTariff, TB, tiers } from "../origin-tariff.ts";
import type { Source } from "../source.ts";

const SOURCE: Source = {
  page: "https://cloud.google.com/storage/pricing",
  readOn: "2026-11-21",
  asOf: "2026-09-24",
  currency: "USD",
  confirmed: true,
  note:
    "«General network usage», Premium Tier, which goes by the destination and not by the bucket. 1 GB is 2^30 bytes, and the " +
    "tiers are written in GiB and TiB. All buckets of an account share the tiers of a destination. The 100 GB that are always " +
    "free hold for three Regions of the US alone and are left out. A GET is a Class B operation of Standard storage in one " +
    "region. Google's months are those of Los Angeles, ours are UTC's.",
};

/** Google Cloud Storage: data transfer out, by destination, and Class B operations. A fill goes where most clients are. */
export const GCS: readonly OriginTariff[] = [
  gcs(
    "worldwide",
    "clients anywhere but in Asia, Australia and China",
    [10n * TB, "0.12"],
    [150n * TB, "0.11"],
    "0.08",
  ),
  gcs("asia", "clients in Asia (Hong Kong, not China)", [10n * TB, "0.12"], [150n * TB, "0.11"], "0.08"),
  gcs("china", "clients in China (not Hong Kong)", [TB, "0.23"], [10n * TB, "0.22"], "0.20"),
  gcs("australia", "clients in Australia", [10n * TB, "0.19"], [150n * TB, "0.18"], "0.15"),
];

type Step = readonly [bigint, string];

function gcs(name: string, where: string, first: Step, second: Step, beyond: string): OriginTariff {
  return {
    ...({ id: `gcs/${name}`, from: "2026-01-01", provider: "gcs" } as const),
    where: `Google Cloud Storage, ${where}`,
    regions: [],
    transfer: { unit: GIB, tiers: tiers(first, second, [null, beyond]) },
    requests: flat(1000n, "0.0004"),
    sources: [SOURCE],
  };
}
