import type { UsageEvent, UsageSink } from "../../src/ports/usage-sink.ts";

/** A sink that keeps every event. */
export type FakeUsageSink = UsageSink & {
  readonly events: UsageEvent[];
  /** When each of them was recorded, where whoever recorded it said so. */
  readonly times: (number | undefined)[];
  /** Those of a kind. */
  of<Kind extends UsageEvent["kind"]>(kind: Kind): Extract<UsageEvent, { kind: Kind }>[];
};

export function fakeUsageSink(): FakeUsageSink {
  const events: UsageEvent[] = [];
  const times: (number | undefined)[] = [];
  return {
    events,
    times,
    of: <Kind extends UsageEvent["kind"]>(kind: Kind) =>
      events.filter((event): event is Extract<UsageEvent, { kind: Kind }> => event.kind === kind),
    record(event, now) {
      events.push(event);
      times.push(now);
    },
  };
}
