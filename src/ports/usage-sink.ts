import type { EntryKey } from "../core/entry-key.ts";

/**
 * What happened that somebody counts: a copy was handed over; a fill ended without a copy, for the reason of this code,
 * after so many attempts.
 */
export type UsageEvent =
  | { readonly kind: "hit"; readonly key: EntryKey }
  | { readonly kind: "fill-failed"; readonly key: EntryKey; readonly code: string; readonly attempts: number };

/** Takes events without a wait: they are summed and written in the background, and a few may be lost with an isolate. */
export type UsageSink = {
  /** `now`: where the caller has asked the clock already, in ms since the epoch. */
  record(event: UsageEvent, now?: number): void;
};
