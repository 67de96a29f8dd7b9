const HOUR_MS = 3_600_000;

/** Links of each kind: enough that nothing remembered of one link is measured. */
export const LINKS = 300;

/**
 * When the links were signed: spread over the last six days, no two at the same second, so that they are of seven days
 * and nearly all of another minute. What lives for a week is good for a day yet.
 */
export function signingMoments(now: number): Date[] {
  const step = (6 * 24 * HOUR_MS) / LINKS;
  return Array.from({ length: LINKS }, (_, at) => new Date(Math.floor((now - HOUR_MS - at * step) / 1000) * 1000));
}
