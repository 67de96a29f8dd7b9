import type { UsageEvent, UsageSink } from "../../src/ports/usage-sink.ts";

/** A sink that keeps every event. */
export type FakeUsageSink = UsageSink & { readonly events: UsageEvent[] };

export function fakeUsageSink(): FakeUsageSink {
  const events: UsageEvent[] = [];
  return { events, record: (event) => events.push(event) };
}
