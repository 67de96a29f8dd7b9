/**
 * The calculator's own words for what the pricing rules answer. No price is known here: without an estimator the page says
 * that there is none.
 */

/** A price table that somebody may choose; `where`: a provider, and a region where that matters. */
export type TariffChoice = { readonly id: string; readonly where: string };

export type EstimateWish = {
  readonly tariff: string;
  /** GB of 10^9 bytes that are downloaded in a month. */
  readonly gbPerMonth: number;
  /** Of 100 downloads, those of a file that was downloaded before. */
  readonly repeatPercent: number;
  /** How large a file is, in MB of 10^6 bytes. */
  readonly fileMegabytes: number;
  readonly mode: "redirect" | "stream" | "auto";
};

/** All in nano-dollars, and adding up: `saved` is `wouldHavePaid` less the other two. */
export type EstimateAnswer = {
  readonly wouldHavePaid: bigint;
  readonly paidToOrigin: bigint;
  readonly paidToPlatform: bigint;
  readonly saved: bigint;
  /** Where the prices come from. */
  readonly sources: readonly { readonly page: string; readonly asOf: string; readonly note: string }[];
};

export type Estimator = {
  readonly tariffs: readonly TariffChoice[];
  /** `null`: there is no such table. */
  estimate(wish: EstimateWish): EstimateAnswer | null;
};
