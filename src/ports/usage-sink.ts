import type { UsageEvent } from "../core/usage/event.ts";

export type { UsageEvent };

/** Takes events without a wait: they are summed and sent in the background, and a few may be lost with an isolate. */
export type UsageSink = {
  /** Never throws. `now`: where the caller has asked the clock already, in ms since the epoch. */
  record(event: UsageEvent, now?: number): void;
};
