import type { Claim, ClaimTimes } from "./claims.ts";

/** How long a fence is remembered: longer than any message lives in a queue (retention on Cloudflare: 4 days). */
export const FENCE_MEMORY_MS = 5 * 24 * 60 * 60_000;

/** A fence whose fill ended is remembered for this long: fences follow clocks, and a clock may be set back a little. */
export const DONE_MEMORY_MS = 10 * 60_000;

/** An upload in parts that nobody will complete. */
export type Upload = { readonly generation: string; readonly uploadId: string };

/**
 * What time does to a claim (the very same one: nothing): work that nobody went on with is thrown away, and in the end
 * the fence is forgotten (`null`).
 */
export function expire(row: Claim, now: number, times: ClaimTimes): Claim | null {
  if (forgetAt(row) <= now) return null;
  return row.plan && abandonAt(row, times) <= now ? { ...row, plan: null } : row;
}

/** When time next does something to a claim, ms since the epoch. */
export function dueAt(row: Claim, times: ClaimTimes): number {
  return row.plan ? Math.min(abandonAt(row, times), forgetAt(row)) : forgetAt(row);
}

/**
 * The upload that a change leaves behind; it must be aborted, and its parts forgotten. `null`: none. That of a fill that
 * ended is among them, since only the store knows whether it was completed; to abort it then does nothing.
 */
export function leftBehind(before: Claim | null, after: Claim | null): Upload | null {
  if (!before?.plan || before.plan.uploadId === after?.plan?.uploadId) return null;
  const { generation, uploadId } = before.plan;
  return { generation, uploadId };
}

function abandonAt(row: Claim, { abandonedMs }: ClaimTimes): number {
  return idleSince(row) + abandonedMs;
}

function forgetAt(row: Claim): number {
  const remembered = row.state === "done" ? DONE_MEMORY_MS : FENCE_MEMORY_MS;
  return Math.max(idleSince(row) + remembered, row.quietUntil);
}

/** When its last lane was, or will be, silent. */
function idleSince({ touchedAt, lanes }: Claim): number {
  return Math.max(touchedAt, ...lanes.map(({ until }) => until));
}
