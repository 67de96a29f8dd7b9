/**
 * Whether an `Expires` in seconds since the epoch lets a link pass at `now` (ms). The stores differ about the very second
 * itself (Google's still serves then); we end with its beginning, the stricter reading.
 */
export function isBeforeEpoch(expires: string, now: number): boolean {
  return /^\d{1,11}$/.test(expires) && now < Number(expires) * 1000;
}
