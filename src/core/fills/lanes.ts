import type { Claim, ClaimTimes, OfferedUrl, Ruling } from "./claims.ts";
import type { FillPlan } from "./fill-plan.ts";
import { isFilling, type Lane, queuedLane } from "./lane.ts";

/** One consumer's work on a fill: which of its lanes, counted from 0, and a name that nobody else has. */
export type Holder = { readonly fence: number; readonly lane: number; readonly holder: string };

/** What an attempt finds: what was done before it, and a URL that lives longer than the one it brings. */
export type Begun = { readonly plan: FillPlan | null; readonly url: OfferedUrl | null };

/** A claim, and the lane in it that a holder has. */
export type HeldLane = { readonly row: Claim; readonly lane: Lane };

/**
 * A consumer begins (again) in a lane, which need not be known before. `gone`: the claim is not valid any more; `busy`:
 * another attempt is alive in the lane. The same holder may ask again, to see what was offered in between: that is no
 * further attempt. Attempts are counted in the first lane only, since what is done side by side is one.
 */
export function begin(
  row: Claim | null,
  holder: Holder,
  now: number,
  times: ClaimTimes,
): Ruling<Begun | "busy" | "gone"> {
  if (row?.fence !== holder.fence || row.state !== "held") return { claim: row, answer: "gone" };
  const answer = { plan: row.plan, url: row.better };
  const held = heldLane(row, holder);
  if (held) return { claim: alive(held, now, times), answer };
  const busy = row.lanes.some((lane) => lane.number === holder.lane && isFilling(lane, now));
  if (busy) return { claim: row, answer: "busy" };
  const attempts = row.attempts + (holder.lane === 0 ? 1 : 0);
  const begun: Lane = { ...queuedLane(holder.lane, now), state: "filling", holder: holder.holder };
  return { claim: alive({ row: { ...row, attempts }, lane: begun }, now, times), answer };
}

/** The consumer is alive. `false`: it lost the claim and must stop. */
export function renew(row: Claim | null, holder: Holder, now: number, times: ClaimTimes): Ruling<boolean> {
  const held = heldLane(row, holder);
  return held ? { claim: alive(held, now, times), answer: true } : { claim: row, answer: false };
}

/** As {@link renew}, for a part that was stored: without a plan there is nothing that it could be a part of. */
export function partDone(row: Claim | null, holder: Holder, now: number, times: ClaimTimes): Ruling<boolean> {
  return row?.plan ? renew(row, holder, now, times) : { claim: row, answer: false };
}

/**
 * Keeps a plan. One of another upload takes the place of the earlier: its parts are worth nothing, and the other lanes,
 * which work on them, have lost. One of the same upload (a call that came twice, a size that is known by now) changes
 * nothing of what is done. `false`: the claim is lost.
 */
export function plan(
  row: Claim | null,
  holder: Holder,
  made: FillPlan,
  now: number,
  times: ClaimTimes,
): Ruling<boolean> {
  const held = heldLane(row, holder);
  if (!held) return { claim: row, answer: false };
  const same = held.row.plan?.uploadId === made.uploadId;
  const kept = same ? held : alone(held);
  return { claim: alive({ ...kept, row: { ...kept.row, plan: made } }, now, times), answer: true };
}

/** Forgets the plan and what was done of it; the other lanes have lost. Unchanged when the claim is lost. */
export function dropPlan(row: Claim | null, holder: Holder, now: number, times: ClaimTimes): Claim | null {
  const held = heldLane(row, holder);
  if (!held?.row.plan) return row;
  const { row: rest, lane } = alone(held);
  return alive({ row: { ...rest, plan: null }, lane }, now, times);
}

/** The attempt ended and its message comes back in `delayMs`; its parts may go to others. Unchanged when it has lost. */
export function requeue(
  row: Claim | null,
  holder: Holder,
  delayMs: number,
  now: number,
  times: ClaimTimes,
): Claim | null {
  const held = heldLane(row, holder);
  if (!held) return row;
  return withLane(held.row, queuedLane(holder.lane, now + delayMs + times.queuedMs), now);
}

/** The lane has nothing more to do and is forgotten. Unchanged when it has lost. */
export function leave(row: Claim | null, holder: Holder, now: number): Claim | null {
  const held = heldLane(row, holder);
  return held ? { ...held.row, lanes: others(held.row, holder.lane), touchedAt: now } : row;
}

/**
 * The holder's own lane; `null`: it has none (any more), and may not change anything. One that was silent for too long and
 * says something after all still has it, as long as nobody came: not for the lane, nor the entry, nor the lane's parts.
 */
export function heldLane(row: Claim | null, { fence, lane, holder }: Holder): HeldLane | null {
  if (row?.fence !== fence || row.state !== "held") return null;
  const own = row.lanes.find(({ number }) => number === lane);
  return own?.holder === holder ? { row, lane: own } : null;
}

/** The claim in which this lane was heard of now. */
export function alive({ row, lane }: HeldLane, now: number, { leaseMs }: ClaimTimes): Claim {
  return withLane(row, { ...lane, until: now + leaseMs }, now);
}

/** The lanes of a claim but this one. */
export function others({ lanes }: Claim, lane: number): readonly Lane[] {
  return lanes.filter(({ number }) => number !== lane);
}

/** The only lane that is left, with nothing that it was told to do. */
function alone({ row, lane }: HeldLane): HeldLane {
  return { row: { ...row, lanes: [] }, lane: { ...lane, parts: [], joins: false } };
}

function withLane(row: Claim, lane: Lane, now: number): Claim {
  return { ...row, lanes: [...others(row, lane.number), lane], touchedAt: now };
}
