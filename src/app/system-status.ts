import type { EntryKey } from "../core/entry-key.ts";
import type { Clock } from "../ports/clock.ts";
import type { DeadLetters } from "../ports/dead-letters.ts";
import type { FillCensus, UnfilledEntry } from "../ports/fill-census.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { FillQueue } from "../ports/fill-queue.ts";
import { withinBudget } from "../ports/time-budget.ts";
import type { UsageLedger } from "../ports/usage-ledger.ts";
import type { Report } from "./in-background.ts";
import { reach } from "./reach.ts";
import { SETTLED_AFTER_MS } from "./usage/report.ts";

/** No further than this is anything counted: beyond it, how many there are says nothing more. */
export const COUNTED_TO = 10_000;
const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;
/**
 * A fill of which nothing was heard for this long, in ms, is asked about: a queued one is held for 15 minutes, and one that
 * waits for its next attempt for up to 15 more.
 */
const SILENT_MS = 30 * 60_000;
/** So many of those are asked about, the longest silent first: a call of the gate each. */
const ASKED_ABOUT = 50;
/** How long queue and gate may take, in ms: the rest is told without them. */
const BUDGET_MS = 2_000;

export type SystemStatus = {
  /** Entries whose first copy is wanted and not there yet. */
  readonly filling: number;
  /** Messages that wait for the consumer; `null`: the queue does not say. */
  readonly queued: number | null;
  /** Letters that nobody has sent again. */
  readonly deadLetters: number;
  /** Entries that have failed within the last hour. */
  readonly failed: number;
  /** Batches of usage of the last day that did not come. */
  readonly lostBatches: number;
  /** Entries that count as being filled while nobody has their fill; `null`: the gate does not say. */
  readonly stuck: readonly UnfilledEntry[] | null;
  /** Since when usage waits for its roll-up, ms since the epoch; `null`: nothing does. */
  readonly unsummedSince: number | null;
};

export type SystemStatusParts = {
  readonly census: FillCensus;
  readonly deadLetters: Pick<DeadLetters, "waiting">;
  readonly usageLedger: Pick<UsageLedger, "arrivals" | "unsummedSince">;
  readonly queue: Pick<FillQueue, "backlog">;
  readonly gate: Pick<FillGate, "progress">;
  readonly clock: Clock;
  readonly report: Report;
};

/** What is under way, and what is wrong with it. Changes nothing. Throws 503 when Postgres cannot be reached. */
export async function systemStatus(parts: SystemStatusParts): Promise<SystemStatus> {
  const { census, deadLetters, usageLedger, queue, clock, report } = parts;
  const now = clock.now();
  const lastDay = { from: now - DAY_MS, to: now + HOUR_MS, settled: now - SETTLED_AFTER_MS };
  const asked = Promise.all([
    census.count({ failedSince: now - HOUR_MS, most: COUNTED_TO }),
    census.silent(now - SILENT_MS, ASKED_ABOUT),
    deadLetters.waiting(COUNTED_TO),
    usageLedger.arrivals(lastDay),
    usageLedger.unsummedSince(),
  ]);
  const queued = orNull("queue", queue.backlog(), report);
  const [fills, silent, waiting, { missing }, unsummedSince] = await reach("ledger", asked, report);
  const stuck = await orNull("gate", heldByNobody(silent, parts), report);
  return { ...fills, queued: await queued, deadLetters: waiting, lostBatches: missing, stuck, unsummedSince };
}

async function heldByNobody(
  silent: readonly UnfilledEntry[],
  { gate }: Pick<SystemStatusParts, "gate">,
): Promise<readonly UnfilledEntry[]> {
  const isHeld = await Promise.all(
    silent.map(async ({ key }: { key: EntryKey }) => (await gate.progress(key)) !== null),
  );
  return silent.filter((_, at) => !isHeld[at]);
}

async function orNull<Value>(what: string, answer: Promise<Value>, report: Report): Promise<Value | null> {
  try {
    return await withinBudget(what, BUDGET_MS, answer);
  } catch (error) {
    report(what, error);
    return null;
  }
}
