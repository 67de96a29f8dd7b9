/** An expiry further ahead than this tells nothing: 20 years, in ms. */
const LONGEST_LIFE_MS = 20 * 365.25 * 24 * 3_600_000;

/** Whether a URL's expiry bounds anything: on the word of one that does not, no authorisation is ever remembered. */
export function isTellingExpiry(expiresAt: number | null, now: number): boolean {
  return expiresAt !== null && expiresAt <= now + LONGEST_LIFE_MS;
}
