import { keyText } from "../../core/entry-key.ts";
import type { UsageSink } from "../../ports/usage-sink.ts";

/** Writes each event as one line of JSON to the log, where it can be searched and counted. It names no URL. */
export const loggedEvents: UsageSink = {
  record({ key, ...event }) {
    console.log(JSON.stringify({ event: event.kind, entry: keyText(key), ...event }));
  },
};
