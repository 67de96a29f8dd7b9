/**
 * Thousand-millionths of a dollar. All money is counted in them, whole: sums are exact, and no order of adding changes one.
 * What is finer than one is rounded once, where it arises (see `meter.ts`).
 */
export type NanoDollars = bigint;

export const DOLLAR: NanoDollars = 1_000_000_000n;
const DECIMALS = 9;

/** Up to a million dollars less a nano-dollar, as people write prices: no sign, no exponent, a point. */
export const PRICE_TEXT = /^\d{1,6}(?:\.\d{1,9})?$/;

/** Reads a price such as `0.0873`, exactly. Throws a RangeError for anything else. */
export function dollars(text: string): NanoDollars {
  if (!PRICE_TEXT.test(text)) throw new RangeError(`no price in dollars: ${text}`);
  const [whole = "", fraction = ""] = text.split(".");
  return BigInt(whole) * DOLLAR + BigInt(fraction.padEnd(DECIMALS, "0"));
}

/** Writes an amount with so many decimals, 0 to 9: all 9 of them are exact, fewer are rounded to the nearest, half upwards. */
export function inDollars(amount: NanoDollars, decimals = DECIMALS): string {
  const step = 10n ** BigInt(DECIMALS - decimals);
  const rounded = divideHalfUp(amount, step);
  const digits = String(rounded < 0n ? -rounded : rounded).padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const text = decimals === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return rounded < 0n ? `-${text}` : text;
}

/** The whole number nearest to a quotient; of two that are as near, the greater. `divisor` is above zero. */
export function divideHalfUp(dividend: bigint, divisor: bigint): bigint {
  const doubled = 2n * dividend + divisor;
  const quotient = doubled / (2n * divisor);
  // Division of bigints goes towards zero, and this is to go down.
  return doubled < 0n && doubled % (2n * divisor) !== 0n ? quotient - 1n : quotient;
}
