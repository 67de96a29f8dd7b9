import type { Clock } from "../../src/ports/clock.ts";
import { UNKNOWN_MS, type UnknownNearby } from "../../src/ports/unknown-nearby.ts";

/** A place in a map. */
export type FakeUnknownNearby = UnknownNearby & { readonly notes: Map<string, number> };

export function fakeUnknownNearby(clock: Clock): FakeUnknownNearby {
  const notes = new Map<string, number>();
  return {
    notes,
    async askedAt(key) {
      const askedAt = notes.get(key);
      return askedAt !== undefined && clock.now() < askedAt + UNKNOWN_MS ? askedAt : null;
    },
    async note(key, askedAt) {
      notes.set(key, askedAt);
    },
  };
}
