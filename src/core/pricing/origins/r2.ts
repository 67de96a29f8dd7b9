import { flat, GB, type OriginTariff } from "../origin-tariff.ts";

/** Cloudflare R2 as somebody's origin: nothing for bytes, so a cache in front of it saves reads and little else. */
export const R2: readonly OriginTariff[] = [
  {
    ...({ id: "r2", from: "2026-01-01", provider: "r2", where: "Cloudflare R2", regions: [] } as const),
    transfer: flat(GB, "0"),
    requests: flat(1_000_000n, "0.36"),
    sources: [
      {
        page: "https://developers.cloudflare.com/r2/pricing/",
        readOn: "2026-11-21",
        asOf: "2026-08-03",
        currency: "USD",
        confirmed: true,
        note: "Standard storage; a GET is a Class B operation. The 10 million of a month that are free are left out.",
      },
    ],
  },
];
