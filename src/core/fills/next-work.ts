import type { Claim, ClaimTimes, Ruling } from "./claims.ts";
import { partCount } from "./fill-plan.ts";
import { isFilling, type Lane } from "./lane.ts";
import { alive, type Holder, heldLane, others } from "./lanes.ts";

/** Parts that a lane is told to fetch at a time: so much is left to others, or done twice, when it dies. */
export const RUN_PARTS = 16;

/** What a lane does next; see `NextWork` of ports/fill-gate.ts. Whoever keeps the parts adds them to a `join`. */
export type Work =
  | { readonly do: "parts"; readonly numbers: readonly number[] }
  | { readonly do: "join" }
  | { readonly do: "nothing" }
  | { readonly do: "lost" };

/**
 * Hands a lane the lowest parts that are missing and that no other lane at work has, and renews it. A silent lane whose
 * work goes to another is forgotten, or both would do it if it woke up. `done`: numbers of the parts that are stored,
 * rising; read as far as is needed. Throws when the plan's size is not known.
 */
export function nextWork(
  row: Claim | null,
  holder: Holder,
  done: Iterable<number>,
  now: number,
  times: ClaimTimes,
): Ruling<Work> {
  const held = heldLane(row, holder);
  if (!held?.row.plan) return { claim: row, answer: { do: "lost" } };
  const total = partCount(held.row.plan);
  if (total === null) throw new Error("the plan does not say how many parts there are");
  const rest = others(held.row, holder.lane);
  const atWork = rest.filter((lane) => isFilling(lane, now));
  const taken = new Set(atWork.flatMap(({ parts }) => parts));
  const parts: number[] = [];
  let complete = true;
  for (const number of missing(total, done)) {
    complete = false;
    if (!taken.has(number)) parts.push(number);
    if (parts.length === RUN_PARTS) break;
  }
  const joins = complete && !atWork.some((lane) => lane.joins);
  const overtaken = (lane: Lane) => (joins && lane.joins) || lane.parts.some((number) => parts.includes(number));
  const lanes = rest.filter((lane) => !overtaken(lane));
  const claim = alive({ row: { ...held.row, lanes }, lane: { ...held.lane, parts, joins } }, now, times);
  if (parts.length > 0) return { claim, answer: { do: "parts", numbers: parts } };
  return { claim, answer: { do: joins ? "join" : "nothing" } };
}

/** The numbers from 1 to `total` that are not among `done`, which rises. */
function* missing(total: number, done: Iterable<number>): Generator<number> {
  let next = 1;
  for (const number of done) {
    while (next < Math.min(number, total + 1)) yield next++;
    next = number + 1;
  }
  while (next <= total) yield next++;
}
