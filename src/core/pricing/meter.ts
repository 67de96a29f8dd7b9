import { divideHalfUp, type NanoDollars } from "./money.ts";

/** A price for a stretch of what a month uses: up to and including `upTo` units; `null`: for all that is beyond. */
export type Tier = {
  readonly upTo: bigint | null;
  /** For one unit. */
  readonly price: NanoDollars;
};

/** How a vendor charges for one kind of thing, such as bytes or requests. The count begins anew with each month. */
export type Meter = {
  /** How many of the things that are counted make one unit: of bytes 2^30, say, where a price is for a GB. */
  readonly unit: bigint;
  /** Ascending; the last one, and no other, has no end. */
  readonly tiers: readonly Tier[];
};

/** Quantity times price: what stands behind an amount. Rounding changes it by less than a nano-dollar. */
export type Line = {
  readonly quantity: bigint;
  readonly unit: bigint;
  readonly price: NanoDollars;
  readonly amount: NanoDollars;
};

/** Part of a quantity that has one price. */
type Stretch = { readonly quantity: bigint; readonly price: NanoDollars };

/**
 * What a quantity costs in a month that has seen `before` of it: a line for each tier that it touches.
 *
 * **The rounding rule, for all of pricing.** A running total of a month is rounded to whole nano-dollars, half upwards, and
 * a part costs what the total has more after it than before it. So parts add up to the whole exactly, however it is cut,
 * and nothing ever costs less than nothing.
 */
export function charge(meter: Meter, before: bigint, quantity: bigint): Line[] {
  return roundStretches(meter.unit, exactTotal(meter, before), stretches(meter, before, quantity));
}

/** What the first so many of a month cost. */
export function total(meter: Meter, quantity: bigint): NanoDollars {
  return divideHalfUp(exactTotal(meter, quantity), meter.unit);
}

/** The same before rounding: in nano-dollars times `unit`. */
export function exactTotal(meter: Meter, quantity: bigint): bigint {
  return stretches(meter, 0n, quantity).reduce((sum, part) => sum + part.quantity * part.price, 0n);
}

/** Lines by the rounding rule, on top of an exact total (see `exactTotal`). */
export function roundStretches(unit: bigint, exactBefore: bigint, parts: readonly Stretch[]): Line[] {
  let exact = exactBefore;
  return parts.map(({ quantity, price }) => {
    const rounded = divideHalfUp(exact, unit);
    exact += quantity * price;
    return { quantity, unit, price, amount: divideHalfUp(exact, unit) - rounded };
  });
}

/** Cuts a quantity where the price changes. Throws a RangeError for less than nothing. */
export function stretches({ unit, tiers }: Meter, before: bigint, quantity: bigint): Stretch[] {
  if (before < 0n || quantity < 0n) throw new RangeError("less than nothing cannot be charged for");
  const parts: Stretch[] = [];
  const end = before + quantity;
  let at = before;
  for (const { upTo, price } of tiers) {
    const edge = upTo === null || upTo * unit > end ? end : upTo * unit;
    if (edge > at) {
      parts.push({ quantity: edge - at, price });
      at = edge;
    }
  }
  return parts;
}

export function sumOf(lines: readonly { readonly amount: NanoDollars }[]): NanoDollars {
  return lines.reduce((sum, { amount }) => sum + amount, 0n);
}
