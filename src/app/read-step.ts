/** As cheap as reading a whole part at once, and with an idle limit of 30 s still only 35 KiB/s; bytes. */
export const LARGEST_STEP_BYTES = 2 ** 20;
/** A step should take about this long, ms: far below the idle limit, so that an origin may slow down. */
const STEP_MS = 1_000;
/** How much larger a step may be than the one before: what lay ready in a socket's buffer says little of what follows. */
const GROWTH = 4;
/** Growth begins here, at about what one packet carries; bytes. */
const FIRST_GROWTH_BYTES = 1_400;

/** How many bytes the next read of a body waits for, and since when they are on their way, ms since the epoch. */
export type Step = { readonly bytes: number; readonly since: number };

/** The first byte, whenever it comes: nothing is known yet. */
export function firstStep(now: number): Step {
  return { bytes: 1, since: now };
}

/**
 * The step after one that brought `got` bytes: what comes in about a second at the speed since the last one. The time that
 * the reader was away counts, since bytes came meanwhile. At most {@link LARGEST_STEP_BYTES}, and four times the last.
 */
export function nextStep({ bytes, since }: Step, got: number, now: number): Step {
  const inOneStep = Math.floor((got * STEP_MS) / Math.max(1, now - since));
  const most = Math.min(LARGEST_STEP_BYTES, GROWTH * Math.max(bytes, FIRST_GROWTH_BYTES));
  return { bytes: Math.max(1, Math.min(inOneStep, most)), since: now };
}
