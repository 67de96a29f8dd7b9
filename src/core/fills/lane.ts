/**
 * One of the consumers that may work on a fill side by side. `queued`: a message is on its way; `filling`: a consumer
 * has it.
 */
export type Lane = {
  /** From 0. */
  readonly number: number;
  readonly state: "queued" | "filling";
  /** When it is given up, ms since the epoch. */
  readonly until: number;
  /** A name that nobody else has; `null`: it is queued. */
  readonly holder: string | null;
  /** The parts that it was told to fetch, by number; nobody else is told to while it is alive. */
  readonly parts: readonly number[];
  /** It was told to join all parts. */
  readonly joins: boolean;
};

/** A lane whose message is on its way; given up at `until`, in ms since the epoch. */
export function queuedLane(number: number, until: number): Lane {
  return { number, state: "queued", until, holder: null, parts: [], joins: false };
}

/** Whether something may still come of it. */
export function isAlive(lane: Lane, now: number): boolean {
  return lane.until > now;
}

/** Whether a consumer is at work in it. */
export function isFilling(lane: Lane, now: number): boolean {
  return lane.state === "filling" && isAlive(lane, now);
}
