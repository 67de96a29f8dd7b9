/** Texts that are known of at a time, 4 bytes each: at 1,000 others a second, a minute of them. */
const SLOTS = 2 ** 16;

/** FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
const [BASIS, PRIME] = [0x811c9dc5 | 0, 0x01000193];

export type SeenTexts = {
  /** Whether this text was asked about before, not too many others ago. A few of a million are taken for one another. */
  before(text: string): boolean;
};

/** Tells what comes again from what comes once, and keeps none of it: a number stands for a text until another takes its place. */
export function seenTexts(slots = SLOTS): SeenTexts {
  const seen = new Int32Array(slots);
  return {
    before(text) {
      const hash = hashOf(text);
      const slot = (hash >>> 0) % slots;
      const known = seen[slot] === hash;
      seen[slot] = hash;
      return known;
    },
  };
}

/** Never 0, which stands for nothing. */
function hashOf(text: string): number {
  let hash = BASIS;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return hash || 1;
}
