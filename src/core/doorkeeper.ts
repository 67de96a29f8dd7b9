import { ExpiringMap } from "./expiring-map.ts";

/** Names that a doorkeeper remembers: about 150 bytes each. */
const REMEMBERED_NAMES = 5_000;
/** How long a name is remembered after it was seen last, ms. */
const REMEMBERED_MS = 10 * 60_000;

/**
 * Says what is worth keeping: what is asked for a second time within ten minutes. Most objects are asked for once (in the
 * traces that we looked at 29 to 75 of 100), and to keep those would cost a read of the store for nothing.
 */
export type Doorkeeper = {
  /**
   * To be asked on each miss. `true` once, at the second one; then not again for ten minutes, so that one work at a time
   * keeps a name, and a cache that takes nothing is not offered the same again and again. `now` in ms since the epoch.
   */
  admits(name: string, now: number): boolean;
};

/** One of bounded memory: the names that were seen longest ago make room, and are then strangers again. */
export function doorkeeper({ names = REMEMBERED_NAMES, ms = REMEMBERED_MS } = {}): Doorkeeper {
  const seen = new ExpiringMap<"once" | "admitted">(names);
  return {
    admits(name, now) {
      const before = seen.get(name, now);
      if (before === "admitted") return false;
      seen.set(name, before === undefined ? "once" : "admitted", now + ms);
      return before === "once";
    },
  };
}
