import { flat, GIB, type OriginTariff, tiers } from "../origin-tariff.ts";
import type { Source } from "../source.ts";

const BANDWIDTH = {
  page: "https://azure.microsoft.com/pricing/details/bandwidth/",
  readOn: "2026-11-21",
  asOf: "2026-09-24",
  currency: "USD",
} as const;

const UNITS =
  "Routed through Microsoft's network, which is the default. The first 100 GB of a month are free. Edges are those of the " +
  "Retail Prices API, where the paid tiers begin at 100, 10,335, 51,295, 153,695 and 512,095 GB. 1 GB is taken to be 2^30 " +
  "bytes: Microsoft writes 10 TB for 10,240 GB and says no more. Beyond 500 TB prices are agreed on; the last one is taken.";

const ZONE: Source = { ...BANDWIDTH, confirmed: true, note: UNITS };
const AS_TOLD: Source = {
  ...ZONE,
  confirmed: false,
  note: `${UNITS} Prices are not confirmed: they are as generally told.`,
};
const FIRST_TIER: Source = {
  ...ZONE,
  confirmed: false,
  note: `${UNITS} The first paid tier is confirmed, the later ones are as generally told.`,
};

const OPERATIONS: Source = {
  page: "https://azure.microsoft.com/pricing/details/storage/blobs/",
  readOn: "2026-11-21",
  asOf: "2026-10-03",
  currency: "USD",
  confirmed: false,
  note:
    "Hot, LRS, general purpose v2, blob endpoint: a GET is one read operation, whatever its size. 0.004 for 10,000 is confirmed for " +
    "Southeast Asia; that of the other zones is not confirmed, and 0.0044 is taken.",
};

/** Azure Blob Storage: data transfer out to the internet by billing zone, and read operations. */
export const AZURE: readonly OriginTariff[] = [
  azure("zone-1", "North America, Europe", zone1(), ["0.087", "0.083", "0.07", "0.05"], "0.0044", ZONE),
  azure("zone-2", "Asia, Oceania", zone2(), ["0.12", "0.085", "0.082", "0.08"], "0.004", AS_TOLD),
  azure(
    "zone-3",
    "South America, Africa, Middle East",
    zone3(),
    ["0.181", "0.175", "0.17", "0.16"],
    "0.0044",
    FIRST_TIER,
  ),
];

/** Dollars a GB in each of the paid tiers. */
type Prices = readonly [string, string, string, string];

function azure(
  name: string,
  where: string,
  regions: readonly string[],
  [ten, fifty, hundredFifty, beyond]: Prices,
  tenThousandReads: string,
  zone: Source,
): OriginTariff {
  const steps = tiers([100n, "0"], [10_335n, ten], [51_295n, fifty], [153_695n, hundredFifty], [null, beyond]);
  return {
    ...({ id: `azure/${name}`, from: "2026-01-01", provider: "azure", regions } as const),
    where: `Azure Blob Storage, ${where}`,
    transfer: { unit: GIB, tiers: steps },
    requests: flat(10_000n, tenThousandReads),
    sources: [zone, OPERATIONS],
  };
}

function zone1(): string[] {
  const america =
    "canadacentral canadaeast centralus eastus eastus2 mexicocentral northcentralus southcentralus westcentralus";
  const west =
    "westus westus2 westus3 israelcentral italynorth northeurope norwayeast norwaywest polandcentral spaincentral";
  const europe =
    "francecentral francesouth germanynorth germanywestcentral swedencentral switzerlandnorth switzerlandwest";
  return `${america} ${west} ${europe} uksouth ukwest westeurope`.split(" ");
}

function zone2(): string[] {
  const oceania = "australiacentral australiacentral2 australiaeast australiasoutheast";
  const asia =
    "centralindia eastasia japaneast japanwest koreacentral koreasouth qatarcentral southeastasia southindia westindia";
  return `${oceania} ${asia}`.split(" ");
}

function zone3(): string[] {
  return "brazilsouth southafricanorth southafricawest uaecentral uaenorth".split(" ");
}
