import type { NanoDollars } from "./money.ts";
import type { PlatformMeterName } from "./platform-tariff.ts";

/** What a figure is made of. `delivered` is what would have been paid; `filled` and `platform` are what was. */
export type Figure = "delivered" | "redirected" | "filled" | "volumeWould" | "volumePaid" | "platform";

export const FIGURES: readonly Figure[] = [
  ...(["delivered", "redirected", "filled", "volumeWould", "volumePaid", "platform"] as const),
];

/** A part of a figure, and the usage that it comes from. */
export type LedgerLine = {
  readonly figure: Figure;
  /** The origin rule by which the traffic went. */
  readonly rule: string;
  /** The id of the price table. */
  readonly tariff: string;
  readonly meter: "transfer" | "requests" | PlatformMeterName;
  /** Bytes, requests or what the meter counts. Quantity times price by unit is the amount, to less than a nano-dollar. */
  readonly quantity: bigint;
  readonly unit: bigint;
  /** `null` where the amount is a difference between tiers and no price times anything. */
  readonly price: NanoDollars | null;
  readonly amount: NanoDollars;
};

/**
 * The figures of a day or a month, each the sum of its lines. `redirected` is what the origin charged, and would have
 * charged, for downloads that we led there: it stands on both sides and cancels out.
 */
export type Amounts = Readonly<Record<Figure, NanoDollars>>;

/** What cannot be put into money. */
export type Unknowns = {
  /** Downloads from us, and from the origin, whose bytes nobody knows. */
  readonly deliveries: bigint;
  readonly redirects: bigint;
  /** What these deliveries would be if each client took the whole copy. */
  readonly assumedBytes: bigint;
  /** Bytes that we delivered for origins without a price table. */
  readonly unpricedBytes: bigint;
};

export type LedgerRow = {
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly amounts: Amounts;
  readonly unknown: Unknowns;
  readonly lines: readonly LedgerLine[];
};

/** What the origin would have charged without us. */
export function wouldHavePaid({ delivered, redirected, volumeWould }: Amounts): NanoDollars {
  return delivered + redirected + volumeWould;
}

/** What the origin charged with us. */
export function paidToOrigin({ filled, redirected, volumePaid }: Amounts): NanoDollars {
  return filled + redirected + volumePaid;
}

/** The difference that we made; below zero where we cost more than we saved. */
export function saved(amounts: Amounts): NanoDollars {
  return wouldHavePaid(amounts) - paidToOrigin(amounts) - amounts.platform;
}

export function amountsOf(lines: readonly LedgerLine[]): Amounts {
  const sums = Object.fromEntries(FIGURES.map((figure) => [figure, 0n])) as Record<Figure, NanoDollars>;
  for (const { figure, amount } of lines) sums[figure] += amount;
  return sums;
}

export function addAmounts(all: readonly Amounts[]): Amounts {
  const sum = (figure: Figure) => all.reduce((so, amounts) => so + amounts[figure], 0n);
  return Object.fromEntries(FIGURES.map((figure) => [figure, sum(figure)])) as Record<Figure, NanoDollars>;
}
