import type { EntryKey } from "../core/entry-key.ts";

/** What happened that somebody counts. */
export type UsageEvent = { readonly kind: "hit"; readonly key: EntryKey };

/** Takes events without a wait: they are summed and written in the background, and a few may be lost with an isolate. */
export type UsageSink = { record(event: UsageEvent): void };
