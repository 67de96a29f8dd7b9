/** How popular so many objects are by Zipf's law with exponent 1: the second is asked for half as often as the first. */
export function zipfShares(count: number): readonly number[] {
  const weights = Array.from({ length: count }, (_, rank) => 1 / (rank + 1));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Draws ranks, from 0, as often as their shares say; `random` is from 0 to 1. */
export function drawer(shares: readonly number[], random: () => number): () => number {
  let sum = 0;
  const upTo = shares.map((share) => (sum += share));
  return () => {
    const drawn = random() * sum;
    let [low, high] = [0, upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? 0) > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Ranks, popular ones and others, that get this share of all requests between them. */
export function ranksOfShare(shares: readonly number[], wanted: number): ReadonlySet<number> {
  const ranks = new Set<number>();
  let [all, taken] = [0, 0];
  for (const [rank, share] of shares.entries()) {
    all += share;
    if (taken + share > all * wanted) continue;
    ranks.add(rank);
    taken += share;
  }
  return ranks;
}

/** Numbers from 0 to 1 that look random, and are the same in each run (mulberry32). */
export function repeatable(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
