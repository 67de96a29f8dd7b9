import type { FillPlan } from "./fill-plan.ts";
import { isAlive, type Lane, queuedLane } from "./lane.ts";

/**
 * The rules of the gate that lets one fill of an entry through and keeps how far it has come. Pure: whoever keeps the
 * rows (a Durable Object, a map) asks here, in lanes.ts and in next-work.ts what becomes of them.
 *
 * A claim has a fence, a number that only grows. A fill carries it to the end, where the ledger refuses one that is
 * older than what it has seen: so a purge, which takes a higher fence, makes every fill before it unpublishable.
 *
 * Time alone frees no claim: when all its lanes are silent anybody may claim the entry anew, but until somebody does, its
 * messages are still good, since they are what the queue sends again after a consumer died.
 */
export type Claim = {
  readonly fence: number;
  /** `held`: by its lanes, as long as one is alive. `free` and `done`: by nobody, and its messages are worth nothing. */
  readonly state: "held" | "free" | "done";
  /** Digest of the identity of the object that plan, parts and quiet are of; `null`: nothing is kept. */
  readonly boundTo: string | null;
  /** When the URL ends with which it was granted, ms since the epoch; `null`: it does not tell. */
  readonly urlEndsAt: number | null;
  /** The best URL that was offered since. */
  readonly better: OfferedUrl | null;
  /** Until then, in ms since the epoch, nobody fills the entry from that object again but who insists. */
  readonly quietUntil: number;
  /** Attempts that were begun. */
  readonly attempts: number;
  readonly plan: FillPlan | null;
  readonly lanes: readonly Lane[];
  /** When anything changed last, ms since the epoch. */
  readonly touchedAt: number;
};

/** A signed URL of the object that a fill is of, as it may be kept. */
export type OfferedUrl = {
  /** Digest of the identity of the object that it names. */
  readonly boundTo: string;
  /** Sealed to the entry. */
  readonly sealedUrl: string;
  /** When it ends, ms since the epoch; `null`: it does not tell. */
  readonly endsAt: number | null;
};

/** What becomes of a claim (the very same one: nothing does; `null`: there is none), and what the caller is told. */
export type Ruling<Answer> = { readonly claim: Claim | null; readonly answer: Answer };

/** Times in ms; shorter ones serve tests. */
export type ClaimTimes = {
  /** A queued fill is given up after this: the queue's own retries come well before. */
  readonly queuedMs: number;
  /** A consumer that was not heard of for this long is dead. */
  readonly leaseMs: number;
  /** What was done of a fill is thrown away when nobody went on with it for this long. */
  readonly abandonedMs: number;
};

export const CLAIM_TIMES: ClaimTimes = { queuedMs: 15 * 60_000, leaseMs: 30_000, abandonedMs: 24 * 60 * 60_000 };

/** An entry that nobody fills and of which nothing is kept but the fence. */
const NOTHING = { boundTo: null, urlEndsAt: null, better: null, quietUntil: 0, attempts: 0, plan: null, lanes: [] };

/**
 * Asks for the right to fill. The answer is the new fence; `null`: somebody fills, or nobody may for a while. What was
 * done of the same object stays, and the new fill goes on with it. `insist`: quiet counts for nothing.
 */
export function claim(
  row: Claim | null,
  offer: OfferedUrl,
  insist: boolean,
  now: number,
  times: ClaimTimes,
): Ruling<number | null> {
  if (row && isHeld(row, now)) return { claim: withOffer(row, offer), answer: null };
  // Of another object a failure says nothing: a stranger could else silence somebody's key with a URL that leads nowhere.
  if (row && row.quietUntil > now && row.boundTo === offer.boundTo && !insist) return { claim: row, answer: null };
  const resumed = row?.plan && row.boundTo === offer.boundTo ? { plan: row.plan, attempts: row.attempts } : null;
  const fence = nextFence(row, now);
  const lanes = [queuedLane(0, now + times.queuedMs)];
  const { boundTo, endsAt } = offer;
  const granted = { ...NOTHING, ...resumed, fence, boundTo, urlEndsAt: endsAt, lanes, touchedAt: now };
  return { claim: { ...granted, state: "held" }, answer: fence };
}

/**
 * The fill ended, well or not: a second delivery of its message finds nothing to do, and for `quietMs` nobody fills the
 * entry again. Unchanged when a purge or a newer claim came in between, or when it had ended already.
 */
export function finish(row: Claim | null, fence: number, quietMs: number, now: number): Claim | null {
  if (row?.fence !== fence || row.state === "done") return row;
  return { ...NOTHING, boundTo: row.boundTo, fence, state: "done", quietUntil: now + quietMs, touchedAt: now };
}

/**
 * The fill waits for a URL that lives longer: its messages are worth nothing, the next claim is granted at once, and what
 * is done stays. The URLs go: whoever claims brings one.
 */
export function pause(row: Claim | null, fence: number, now: number): Claim | null {
  if (row?.fence !== fence || row.state !== "held") return row;
  return { ...row, state: "free", urlEndsAt: null, better: null, lanes: [], touchedAt: now };
}

/** A purge: no fill that began before may publish, and nothing is kept of it. The fence is what the ledger must be told. */
export function revoke(row: Claim | null, now: number): Ruling<{ fence: number; stopped: boolean }> {
  const fence = nextFence(row, now);
  const stopped = row !== null && isHeld(row, now);
  return { claim: { ...NOTHING, fence, state: "free", touchedAt: now }, answer: { fence, stopped } };
}

/**
 * What is told of many claims at once: the fence of a fill that the caller must now queue; `filling`: somebody else has it;
 * `quiet`: nobody may for a while.
 */
export type ClaimRuling = number | "filling" | "quiet";

/** The claim of one of many, by a caller that does not insist. */
export function claimOfMany(row: Claim | null, offer: OfferedUrl, now: number, times: ClaimTimes): Ruling<ClaimRuling> {
  const { claim: after, answer } = claim(row, offer, false, now, times);
  return { claim: after, answer: answer ?? (row && isHeld(row, now) ? "filling" : "quiet") };
}

/** Whether somebody fills, or a message of a fill is on its way. */
export function isHeld(row: Claim, now: number): boolean {
  return row.lanes.some((lane) => isAlive(lane, now));
}

/** A URL that does not tell when it ends counts as one that lives for ever. */
function withOffer(row: Claim, offer: OfferedUrl): Claim {
  const best = Math.max(lifeOf(row.urlEndsAt), row.better ? lifeOf(row.better.endsAt) : 0);
  if (offer.boundTo !== row.boundTo || lifeOf(offer.endsAt) <= best) return row;
  const { boundTo, sealedUrl, endsAt } = offer;
  return { ...row, better: { boundTo, sealedUrl, endsAt } };
}

function lifeOf(endsAt: number | null): number {
  return endsAt ?? Number.POSITIVE_INFINITY;
}

/** Follows the clock, so that it keeps growing when a row was forgotten, and never stands still within one millisecond. */
function nextFence(row: Claim | null, now: number): number {
  return Math.max(now, (row?.fence ?? 0) + 1);
}
