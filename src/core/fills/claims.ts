/**
 * The rules of the gate that lets one fill of an entry through. Pure: whoever keeps the rows (a Durable Object, a map)
 * asks here what becomes of them.
 *
 * A claim has a fence, a number that only grows. A fill carries it to the end, where the ledger refuses one that is
 * older than what it has seen: so a purge, which takes a higher fence, makes every fill before it unpublishable.
 */
export type Claim = {
  readonly fence: number;
  /** `queued`: a message is on its way; `filling`: a consumer has it; `free` and `done`: nobody, kept for the fence. */
  readonly state: "queued" | "filling" | "free" | "done";
  /** When the holder is given up, in ms since the epoch; where nobody holds it, when the row may be forgotten. */
  readonly until: number;
  /** The attempt under way: another one of the same message must not run beside it. */
  readonly generation: string | null;
};

/** Times in ms; shorter ones serve tests. */
export type ClaimTimes = {
  /** A queued fill is given up after this: the queue's own retries come well before. */
  readonly queuedMs: number;
  /** A consumer that was not heard of for this long is dead. */
  readonly leaseMs: number;
};

export const CLAIM_TIMES: ClaimTimes = { queuedMs: 15 * 60_000, leaseMs: 30_000 };

/** How long a fence is remembered: longer than any message lives in a queue (retention on Cloudflare: 4 days). */
export const FENCE_MEMORY_MS = 5 * 24 * 60 * 60_000;

/** A fence whose fill ended is remembered for this long: fences follow clocks, and a clock may be set back a little. */
export const DONE_MEMORY_MS = 10 * 60_000;

/** Asks for the right to fill. `null`: somebody has it. */
export function claim(row: Claim | null, now: number, times: ClaimTimes): Claim | null {
  if (row && isHeld(row) && row.until > now) return null;
  return { fence: nextFence(row, now), state: "queued", until: now + times.queuedMs, generation: null };
}

/** A consumer begins (again) to fill. `busy`: another attempt is alive; `gone`: the claim is not valid any more. */
export function begin(
  row: Claim | null,
  fence: number,
  generation: string,
  now: number,
  times: ClaimTimes,
): Claim | "busy" | "gone" {
  if (row?.fence !== fence || row.state === "done") return "gone";
  if (row.state === "filling" && row.until > now) return "busy";
  return { fence, state: "filling", until: now + times.leaseMs, generation };
}

/** The consumer is alive. `null`: it lost the claim and must stop. */
export function renew(
  row: Claim | null,
  fence: number,
  generation: string,
  now: number,
  times: ClaimTimes,
): Claim | null {
  if (row?.fence !== fence || row.generation !== generation) return null;
  return { ...row, state: "filling", until: now + times.leaseMs };
}

/** The attempt failed and its message comes back in `delayMs`. Unchanged when the claim is not the attempt's any more. */
export function requeue(
  row: Claim | null,
  fence: number,
  generation: string,
  delayMs: number,
  now: number,
  times: ClaimTimes,
): Claim | null {
  if (row?.fence !== fence || row.generation !== generation) return row;
  return { fence, state: "queued", until: now + delayMs + times.queuedMs, generation: null };
}

/**
 * The fill ended, well or not: a second delivery of its message finds nothing to do. Unchanged when a purge or a newer
 * claim came in between.
 */
export function finish(row: Claim | null, fence: number, now: number): Claim | null {
  if (row?.fence !== fence) return row;
  return { fence, state: "done", until: now + DONE_MEMORY_MS, generation: null };
}

/** Whether somebody has the right to fill, as far as the row tells. */
export function isHeld(row: Claim): boolean {
  return row.state === "queued" || row.state === "filling";
}

/** A purge: no fill that began before may publish. The row's fence is what the ledger must be told. */
export function revoke(row: Claim | null, now: number): Claim {
  return free(nextFence(row, now), now);
}

/** What time does to a row: dead holders are freed, old fences forgotten (`null`). */
export function expire(row: Claim, now: number): Claim | null {
  if (row.until > now) return row;
  return isHeld(row) ? free(row.fence, now) : null;
}

function free(fence: number, now: number): Claim {
  return { fence, state: "free", until: now + FENCE_MEMORY_MS, generation: null };
}

/** Follows the clock, so that it keeps growing when a row was forgotten, and never stands still within one millisecond. */
function nextFence(row: Claim | null, now: number): number {
  return Math.max(now, (row?.fence ?? 0) + 1);
}
