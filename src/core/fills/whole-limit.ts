/** Slower than this, in bytes a second, nobody waits for an object: an hour for 220 MiB. */
const SLOWEST = 64 * 2 ** 10;
/** What the smallest object has, in ms: to be asked for, and to begin. */
const LEAST_MS = 60_000;

/** How long all of a body, or of a part, of so many bytes may take, in ms; `null`: nobody knows how many. */
export function wholeLimitMs(bytes: number | null): number {
  return bytes === null ? Number.POSITIVE_INFINITY : LEAST_MS + (bytes / SLOWEST) * 1000;
}
