/** What lay here at the end of a day (`YYYY-MM-DD`, UTC), in bytes. */
export type StoredAtEnd = { readonly day: string; readonly storedBytes: number };

const DAY_MS = 86_400_000;

/** The day that a moment (ms since the epoch) falls into. */
export function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/**
 * Each of so many days up to now, in order. A day without a row has what the day before had, and before the first row
 * nothing lay here; today has what lies here `now`, in bytes.
 */
export function everyStoredDay(
  known: readonly StoredAtEnd[],
  storedNow: number,
  days: number,
  now: number,
): StoredAtEnd[] {
  const sizes = new Map(known.map(({ day, storedBytes }) => [day, storedBytes]));
  let stored = 0;
  return Array.from({ length: days }, (_, at) => {
    const day = dayOf(now - (days - 1 - at) * DAY_MS);
    stored = at === days - 1 ? storedNow : (sizes.get(day) ?? stored);
    return { day, storedBytes: stored };
  });
}
