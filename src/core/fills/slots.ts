/**
 * The rules by which a few places are shared among many: fills of one tenant, connections to one origin. Pure: whoever
 * keeps the state asks here what becomes of it. Nobody is called when a place is free; who waits asks again when it was
 * told to, and the nearest deadline gets the place. Everything ends by being read late: there is nothing to sweep.
 */
export type Slots = {
  readonly holders: readonly Holding[];
  /** In the order of their turns: nearest deadline first, and who came first among equals. */
  readonly waiters: readonly Waiter[];
  /** Nobody new gets a place before, in ms since the epoch; 0: no matter. */
  readonly backOffUntil: number;
};

/** A place that is taken until then, in ms since the epoch. */
export type Holding = { readonly holder: string; readonly until: number };

/** Who was told to ask again at `asksAt`, in ms since the epoch. */
export type Waiter = { readonly holder: string; readonly deadline: number | null; readonly asksAt: number };

/**
 * Who wants one of how many places, and when its work is worth nothing any more (ms since the epoch; `null`: never). Who
 * comes back under another name stands behind itself: a name must outlive the attempts of one piece of work.
 */
export type Wish = { readonly holder: string; readonly limit: number; readonly deadline: number | null };

/** Times in ms; shorter ones serve tests. */
export type SlotTimes = {
  /** How long a place stays with a holder that is not heard of, at the least. */
  readonly leaseMs: number;
};

export const SLOT_TIMES: SlotTimes = { leaseMs: 60_000 };

/**
 * Leases that a place is noted for. As long as one of them is left, asking again changes nothing, so that what keeps the
 * state writes it once in half a lease, however often a holder asks; the place of a dead one is free that much later.
 */
export const NOTED_LEASES = 1.5;

/** The front of the line asks again after this, in ms; whoever stands behind as many times later as there are rounds. */
export const FIRST_WAIT_MS = 2_000;

/** Nobody is sent away for longer, in ms, but by an origin's back-off. */
export const LONGEST_WAIT_MS = 5 * 60_000;

/** A place is kept for a waiter that asks within this, in ms: longer than the front of the line ever waits. */
export const RESERVED_MS = 5_000;

/** A waiter may be late by this, in ms, before its place is given on: queues deliver a delayed message seconds late. */
export const LATE_MS = 10_000;

/**
 * A late waiter keeps its turn for this, in ms. Were it forgotten as soon as its place is given on, two who always come
 * too late would for ever be behind each other.
 */
export const FORGOTTEN_MS = 2 * 60_000;

/** Waiters that are noted: all of the state fits one value of 2 MB. Whoever else waits has no turn to lose. */
export const MOST_WAITERS = 500;

/** An origin that asks for more peace than this, in ms, is asked whether it still wants it. */
export const LONGEST_BACK_OFF_MS = 60 * 60_000;

export const NO_SLOTS: Slots = { holders: [], waiters: [], backOffUntil: 0 };

/** What became of the state, and the answer: `null`, the place is the holder's; else ms after which to ask again. */
export type Taken = { readonly slots: Slots; readonly waitMs: number | null };

/** Asks for a place, or for keeping it. `random` in [0, 1) spreads those who wait. Often returns the same state. */
export function take(slots: Slots, wish: Wish, now: number, random: number, times: SlotTimes): Taken {
  const { holder, limit } = wish;
  const alive = living(slots, now);
  const holders = alive.holders.filter((each) => each.holder !== holder);
  const waiters = alive.waiters.filter((each) => each.holder !== holder);
  const granted = { holder, until: now + NOTED_LEASES * times.leaseMs };

  const held = alive.holders.find((each) => each.holder === holder);
  if (held && held.until - now >= times.leaseMs) return { slots, waitMs: null };
  // Whatever became of the limit meanwhile: nobody is robbed of a place.
  if (held) return { slots: { ...alive, holders: [...holders, granted] }, waitMs: null };

  // What is too late already is in no hurry.
  const deadline = wish.deadline !== null && wish.deadline > now ? wish.deadline : null;
  const noted = alive.waiters.findIndex((each) => each.holder === holder && each.deadline === deadline);
  const ahead = noted >= 0 ? noted : aheadOf(deadline, waiters);
  const present = waiters.slice(0, ahead).filter((each) => each.asksAt + LATE_MS > now);
  // Who is not to come for a while keeps no place empty; it loses nothing that it could have used.
  const expected = present.filter((each) => each.asksAt <= now + RESERVED_MS).length;
  const peaceMs = Math.max(0, alive.backOffUntil - now);
  if (peaceMs === 0 && expected < limit - holders.length) {
    return { slots: { ...alive, holders: [...holders, granted], waiters }, waitMs: null };
  }

  const isNoted = ahead < MOST_WAITERS;
  const waitMs = Math.ceil(
    peaceMs + (isNoted ? untilItsTurn(present.length, limit) : LONGEST_WAIT_MS) * spread(random),
  );
  if (!isNoted) return { slots, waitMs };
  const line = waiters.toSpliced(ahead, 0, { holder, deadline, asksAt: now + waitMs });
  return { slots: { ...alive, waiters: line.slice(0, MOST_WAITERS) }, waitMs };
}

/** Gives a place back, or its turn in the line. The same state for a holder that has neither. */
export function giveBack(slots: Slots, holder: string): Slots {
  const others = ({ holder: each }: { readonly holder: string }) => each !== holder;
  const [holders, waiters] = [slots.holders.filter(others), slots.waiters.filter(others)];
  const same = holders.length === slots.holders.length && waiters.length === slots.waiters.length;
  return same ? slots : { ...slots, holders, waiters };
}

/** Nobody new gets a place for so many ms. The same state when that is no news. */
export function backOff(slots: Slots, ms: number, now: number): Slots {
  const backOffUntil = now + Math.min(ms, LONGEST_BACK_OFF_MS);
  return backOffUntil > Math.max(now, slots.backOffUntil) ? { ...slots, backOffUntil } : slots;
}

/** Whether there is nothing left that anybody needs to know. */
export function isEmpty(slots: Slots, now: number): boolean {
  const { holders, waiters, backOffUntil } = living(slots, now);
  return holders.length === 0 && waiters.length === 0 && backOffUntil <= now;
}

/** The state without dead holders, and without waiters that did not come back or come too late for what they wanted. */
function living({ holders, waiters, backOffUntil }: Slots, now: number): Slots {
  return {
    holders: holders.filter(({ until }) => until > now),
    waiters: waiters.filter(
      (each) => each.asksAt + FORGOTTEN_MS > now && (each.deadline === null || each.deadline > now),
    ),
    backOffUntil,
  };
}

/** Waiters whose turn is before a newcomer's. */
function aheadOf(deadline: number | null, waiters: readonly Waiter[]): number {
  if (deadline === null) return waiters.length;
  const behind = waiters.findIndex((each) => each.deadline === null || each.deadline > deadline);
  return behind < 0 ? waiters.length : behind;
}

/** Ms at the most: a round of places is thought to pass for each `limit` waiters ahead. */
function untilItsTurn(ahead: number, limit: number): number {
  const rounds = Math.max(1, (ahead + 1) / Math.max(1, limit));
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * rounds);
}

/** The share of a wait, over its upper half, so that those who came together do not come back together. */
function spread(random: number): number {
  return 0.5 + random / 2;
}
