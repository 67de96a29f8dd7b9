import { charge, exactTotal, type Line, type Meter, roundStretches, stretches, sumOf } from "./meter.ts";
import { divideHalfUp, type NanoDollars } from "./money.ts";

/** A quantity of each: by the origin with us and without us; by it without us, by us with us; by it because of us. */
export type Quantities = { readonly redirected: bigint; readonly delivered: bigint; readonly filled: bigint };

/** What a month has seen on one meter. */
export type Seen = Quantities & {
  /** Which prices were last used. */
  readonly from: string;
  /** What the delivered and the filled have come to, before rounding (see `exactTotal`). */
  readonly exactDelivered: bigint;
  readonly exactFilled: bigint;
};

/** What a step adds to the origin's bill in both worlds. */
export type Step = {
  /** The same in both. */
  readonly redirected: readonly Line[];
  readonly delivered: readonly Line[];
  readonly filled: readonly Line[];
  /** What else changes in each world, since what is redirected stands in another tier there. Nothing where prices are flat. */
  readonly volume: { readonly would: NanoDollars; readonly paid: NanoDollars };
  readonly seen: Seen;
};

export const NOTHING_SEEN: Seen = {
  ...{ redirected: 0n, delivered: 0n, filled: 0n },
  ...{ from: "", exactDelivered: 0n, exactFilled: 0n },
};

/**
 * An origin's bill has two forms: without us it sends what is redirected and what we delivered; with us, what is redirected
 * and what we fill from. What is redirected is charged as if it stood alone, hence alike on both bills, where it cancels
 * out. What stands behind it is charged in the tiers that it left over. On a later day more may be redirected, which then
 * takes some of those tiers: that is `volume`, mostly a discount that the larger of the two bills has.
 */
export function takeStep(meter: Meter, from: string, before: Seen, step: Quantities): Step {
  const seen = before.from === from ? before : restate(meter, from, before);
  const redirected = seen.redirected + step.redirected;
  const bill = (sofar: bigint, exact: bigint, quantity: bigint) => {
    const parts = stretches(meter, redirected + sofar, quantity);
    const lines = roundStretches(meter.unit, exact, parts);
    const grown = behind(meter, redirected, sofar + quantity) - behind(meter, seen.redirected, sofar);
    const next = parts.reduce((sum, part) => sum + part.quantity * part.price, exact);
    return { lines, volume: grown - sumOf(lines), next };
  };
  const delivered = bill(seen.delivered, seen.exactDelivered, step.delivered);
  const filled = bill(seen.filled, seen.exactFilled, step.filled);
  return {
    redirected: charge(meter, seen.redirected, step.redirected),
    delivered: delivered.lines,
    filled: filled.lines,
    volume: { would: delivered.volume, paid: filled.volume },
    seen: {
      ...{ from, redirected, delivered: seen.delivered + step.delivered, filled: seen.filled + step.filled },
      ...{ exactDelivered: delivered.next, exactFilled: filled.next },
    },
  };
}

/** What a quantity costs behind another that comes first. */
function behind(meter: Meter, first: bigint, quantity: bigint): NanoDollars {
  return divideHalfUp(exactTotal(meter, first + quantity) - exactTotal(meter, first), meter.unit);
}

/** Prices have changed within the month: it goes on where it was, at the new ones. */
function restate(meter: Meter, from: string, seen: Seen): Seen {
  const exact = (quantity: bigint) =>
    exactTotal(meter, seen.redirected + quantity) - exactTotal(meter, seen.redirected);
  return { ...seen, from, exactDelivered: exact(seen.delivered), exactFilled: exact(seen.filled) };
}
