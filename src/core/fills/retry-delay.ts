/** Times in seconds; shorter ones serve a stack on one machine. */
export type RetryTimes = {
  /** Before the second attempt; each further one waits twice as long. */
  readonly baseSeconds: number;
  /** What the doubling ends at. */
  readonly longestSeconds: number;
};

/** The queue would wait up to 12 hours (Cloudflare Queues, delay limit); nobody waits that long for a copy. */
export const RETRY_TIMES: RetryTimes = { baseSeconds: 10, longestSeconds: 15 * 60 };

/**
 * Seconds before attempt `attempt + 1`, after `attempt` (from 1) failed: doubling, capped, and spread over the upper half
 * by `random` in [0, 1), so that fills that failed together do not come back together. `retryAfterMs`: the origin does not
 * want to be asked before, whatever the cap; attempts that heard the same are spread behind that over `baseSeconds`.
 */
export function retryDelaySeconds(
  attempt: number,
  { baseSeconds, longestSeconds }: RetryTimes,
  random: number,
  retryAfterMs: number | null = null,
): number {
  const full = Math.min(longestSeconds, baseSeconds * 2 ** (attempt - 1));
  const asked = retryAfterMs === null ? 0 : retryAfterMs / 1000 + random * baseSeconds;
  return Math.ceil(Math.max(full * (0.5 + random / 2), asked));
}
