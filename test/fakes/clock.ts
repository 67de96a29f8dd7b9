import type { Clock } from "../../src/ports/clock.ts";

/** A clock that stands still until it is told otherwise. */
export type FakeClock = Clock & { set(ms: number): void; advance(ms: number): void };

export function fakeClock(start: number): FakeClock {
  let now = start;
  return {
    now: () => now,
    set: (ms) => {
      now = ms;
    },
    advance: (ms) => {
      now += ms;
    },
  };
}
