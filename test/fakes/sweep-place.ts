import type { SweepPlace } from "../../src/ports/sweep-place.ts";

/** A place that never lags. `writes`: all that was ever written, the last at the end. */
export type FakeSweepPlace = SweepPlace & { readonly writes: (string | null)[] };

export function fakeSweepPlace(): FakeSweepPlace {
  const writes: (string | null)[] = [];
  return {
    writes,
    async read() {
      return writes.at(-1) ?? null;
    },
    async write(cursor) {
      writes.push(cursor);
    },
  };
}
