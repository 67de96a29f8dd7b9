import { fnv1a } from "./fnv.ts";

/** Texts that are known of at a time, 4 bytes each: at 1,000 others a second, a minute of them. */
const SLOTS = 2 ** 16;

export type SeenTexts = {
  /** Whether this text was asked about before, not too many others ago. A few of a million are taken for one another. */
  before(text: string): boolean;
};

/** Tells what comes again from what comes once, and keeps none of it: a number stands for a text until another takes its place. */
export function seenTexts(slots = SLOTS): SeenTexts {
  const seen = new Int32Array(slots);
  return {
    before(text) {
      // 0 stands for nothing.
      const hash = fnv1a(text) || 1;
      const slot = (hash >>> 0) % slots;
      const known = seen[slot] === hash;
      seen[slot] = hash;
      return known;
    },
  };
}
