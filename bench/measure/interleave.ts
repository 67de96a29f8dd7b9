/**
 * The order of measuring: every round has each variant once, so that whatever else the machine does falls on all of them
 * alike. Each round begins with another one and goes the other way than the round before: what one leaves behind for
 * others to clear away (garbage, above all) falls now on this, now on that neighbour.
 */
export function interleave<Variant>(variants: readonly Variant[], rounds: number): Variant[][] {
  return Array.from({ length: rounds }, (_, round) => {
    const first = round % Math.max(1, variants.length);
    const order = [...variants.slice(first), ...variants.slice(0, first)];
    return round % 2 === 0 ? order : order.reverse();
  });
}
