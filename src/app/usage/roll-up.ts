import { BATCH_LIFE_MS } from "../../core/usage/batch.ts";
import { detailStart } from "../../core/usage/report.ts";
import type { Clock } from "../../ports/clock.ts";
import type { UsageLedger } from "../../ports/usage-ledger.ts";
import type { Report } from "../in-background.ts";

export type RollUpParts = {
  readonly usageLedger: Pick<UsageLedger, "rollUp" | "sweep">;
  readonly clock: Clock;
  readonly report: Report;
};

/** Longer than a batch lives, in ms: two clocks may differ, and what comes in at the last moment is told apart by its id. */
const IDS_KEPT_MS = BATCH_LIFE_MS + 86_400_000;

/**
 * Brings days and months up to date, and only then forgets the hours that are too old. Never rejects: the next run does
 * what this one could not.
 */
export async function rollUpUsage({ usageLedger, clock, report }: RollUpParts): Promise<void> {
  try {
    await usageLedger.rollUp();
    const now = clock.now();
    await usageLedger.sweep({ hours: detailStart(now), batches: now - IDS_KEPT_MS });
  } catch (error) {
    report("usage", error);
  }
}
