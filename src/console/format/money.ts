/** Nano-dollars in a dollar, and in the smallest unit that is shown. */
const DOLLAR = 1_000_000_000n;

/**
 * Nano-dollars as dollars: to the cent, below ten cents to the hundredth of a cent where it is no whole cent, so that a day's
 * small sums can be told apart. Rounded half away from nought; a sum of amounts is formed before it is rounded.
 */
export function dollars(nano: bigint): string {
  const size = nano < 0n ? -nano : nano;
  const fine = size < DOLLAR / 10n && size % (DOLLAR / 100n) !== 0n;
  const step = fine ? DOLLAR / 10_000n : DOLLAR / 100n;
  const steps = (size + step / 2n) / step;
  const perDollar = DOLLAR / step;
  const whole = (steps / perDollar).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = (steps % perDollar).toString().padStart(fine ? 4 : 2, "0");
  const sign = nano < 0n && steps !== 0n ? "−" : "";
  return `${sign}$${whole}.${rest}`;
}

/** Nano-dollars as a number of dollars, for a chart's axis and nothing else. */
export function chartDollars(nano: bigint): number {
  return Number(nano) / Number(DOLLAR);
}
