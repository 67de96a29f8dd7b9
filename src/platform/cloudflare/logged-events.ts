import { keyText } from "../../core/entry-key.ts";
import type { UsageSink } from "../../ports/usage-sink.ts";

/** Writes each fill that failed as one line of JSON to the log, too, where it can be searched. It names no URL. */
export function loggedFailures(usage: UsageSink): UsageSink {
  return {
    record(event, now) {
      usage.record(event, now);
      if (event.kind !== "fill-failed") return;
      const { key, kind, code, attempts } = event;
      console.log(JSON.stringify({ event: kind, entry: keyText(key), kind, code, attempts }));
    },
  };
}
