import { flat, GIB, type OriginTariff, TB, tiers } from "../origin-tariff.ts";
import type { Source } from "../source.ts";

const PAGE = { page: "https://aws.amazon.com/s3/pricing/", readOn: "2026-11-21", currency: "USD" } as const;

/** Of each Region: dollars a GB for the first 10 TB, the next 40, the next 100, all beyond; dollars for 1,000 GETs. */
type Prices = readonly [ten: string, fifty: string, hundredFifty: string, beyond: string, thousandGets: string];

const UNITS =
  "1 GB is 2^30 bytes (S3 says so of storage; its tiers of transfer are 10,240 GB and so on). The first 100 GB of a month are " +
  "free across all services and Regions of an account, and are taken to be the first of the first 10 TB. A fill goes out " +
  "to the internet like a download. Not in China and GovCloud.";

/** The price list itself, seen at this day. */
const listed = (asOf: string, note = ""): Source => ({ ...PAGE, asOf, confirmed: true, note: `${UNITS}${note}` });

/** The price list by way of a copy that has no date, in which a Region of December 2023 stands. */
const copied = (note: string): Source => ({ ...PAGE, asOf: "2023-12-20", confirmed: false, note: `${UNITS} ${note}` });

const COPIED = "Tiers are from an undated copy of the price list.";
const NO_GET = `${COPIED} The price of GETs is not confirmed: that of N. Virginia is taken.`;

/**
 * Amazon S3: data transfer out to the internet, and GET. Prices go by the bucket's Region.
 * https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/price-changes.html is the price list.
 */
export const S3: readonly OriginTariff[] = [
  s3(
    "us-europe",
    "US, Canada, Europe",
    [...usa(), ...europe()],
    ["0.09", "0.085", "0.07", "0.05", "0.0004"],
    [
      listed(
        "2026-08-31",
        " GET is N. Virginia's; elsewhere in the group it differs by less than a tenth (Frankfurt 0.00043).",
      ),
    ],
  ),
  s3("sao-paulo", "São Paulo", ["sa-east-1"], ["0.15", "0.138", "0.126", "0.114", "0.00056"], [copied(COPIED)]),
  s3(
    "tokyo-osaka",
    "Tokyo, Osaka",
    ["ap-northeast-1", "ap-northeast-3"],
    ["0.114", "0.089", "0.086", "0.084", "0.00037"],
    [copied(COPIED)],
  ),
  s3("seoul", "Seoul", ["ap-northeast-2"], ["0.126", "0.122", "0.117", "0.108", "0.00035"], [copied(COPIED)]),
  s3(
    "singapore",
    "Singapore, Hong Kong",
    ["ap-southeast-1", "ap-east-1"],
    ["0.12", "0.085", "0.082", "0.08", "0.0004"],
    [copied(`${COPIED} GET is Singapore's.`)],
  ),
  s3(
    "mumbai",
    "Mumbai, Hyderabad",
    ["ap-south-1", "ap-south-2"],
    ["0.1093", "0.085", "0.082", "0.08", "0.0004"],
    [copied(COPIED)],
  ),
  s3(
    "sydney",
    "Sydney",
    ["ap-southeast-2"],
    ["0.114", "0.098", "0.094", "0.092", "0.00044"],
    [copied(`${COPIED} The price of GETs is not confirmed.`)],
  ),
  s3("tel-aviv", "Tel Aviv", ["il-central-1"], ["0.11", "0.085", "0.077", "0.055", "0.0004"], [copied(NO_GET)]),
  s3("bahrain", "Bahrain", ["me-south-1"], ["0.117", "0.1105", "0.091", "0.065", "0.0004"], [copied(NO_GET)]),
  s3("cape-town", "Cape Town", ["af-south-1"], ["0.154", "0.147", "0.126", "0.112", "0.0004"], [copied(NO_GET)]),
];

function s3(
  name: string,
  where: string,
  regions: readonly string[],
  [ten, fifty, hundredFifty, beyond, thousandGets]: Prices,
  sources: readonly Source[],
): OriginTariff {
  const steps = tiers([100n, "0"], [10n * TB, ten], [50n * TB, fifty], [150n * TB, hundredFifty], [null, beyond]);
  const place = {
    id: `s3/${name}`,
    from: "2026-01-01",
    provider: "s3",
    where: `Amazon S3, ${where}`,
    regions,
  } as const;
  return { ...place, transfer: { unit: GIB, tiers: steps }, requests: flat(1000n, thousandGets), sources };
}

function usa(): string[] {
  return ["us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "ca-west-1"];
}

function europe(): string[] {
  return ["eu-central-1", "eu-north-1", "eu-south-1", "eu-west-1", "eu-west-2", "eu-west-3"];
}
