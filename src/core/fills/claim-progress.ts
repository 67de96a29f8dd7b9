import { type Claim, isHeld } from "./claims.ts";
import { type FillProgress, partCount } from "./fill-plan.ts";

/** How far a fill has come, whose stored parts are so many and have so many bytes. `null`: nothing is under way. */
export function progressOf(
  row: Claim | null,
  done: { readonly parts: number; readonly bytes: number },
  now: number,
): FillProgress | null {
  if (!row || !(row.plan || isHeld(row, now))) return null;
  const { plan, attempts } = row;
  return { ...done, totalBytes: plan?.size ?? null, totalParts: plan && partCount(plan), attempts };
}
