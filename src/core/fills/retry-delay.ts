/** Seconds. The queue would wait up to 12 hours (Cloudflare Queues, delay limit); nobody waits that long for a copy. */
const LONGEST_DELAY_S = 15 * 60;

/**
 * Seconds before attempt `attempt + 1`, after `attempt` (from 1) failed: doubling from `baseSeconds`, capped, and spread
 * over the upper half by `random` in [0, 1), so that fills that failed together do not come back together.
 */
export function retryDelaySeconds(attempt: number, baseSeconds: number, random: number): number {
  const full = Math.min(LONGEST_DELAY_S, baseSeconds * 2 ** (attempt - 1));
  return Math.ceil(full * (0.5 + random / 2));
}
