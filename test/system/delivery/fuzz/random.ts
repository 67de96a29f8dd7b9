/** A source of choices that a seed decides: the same seed, the same run. */
export type Random = {
  /** From 0 up to `below`, a whole number. */
  int(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  chance(share: number): boolean;
  bytes(length: number): Uint8Array<ArrayBuffer>;
};

/** Mulberry32: 32 bits of state, good enough to choose with. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const int = (below: number) => Math.floor(next() * below);
  return {
    int,
    chance: (share) => next() < share,
    pick(items) {
      const [first] = items;
      if (first === undefined) throw new Error("nothing to pick from");
      return items[int(items.length)] ?? first;
    },
    bytes: (length) => Uint8Array.from({ length }, () => int(256)),
  };
}
