import { BATCH_LIFE_MS, type UsageBatch } from "../../core/usage/batch.ts";
import type { Clock } from "../../ports/clock.ts";
import type { UsageLedger } from "../../ports/usage-ledger.ts";
import type { Report } from "../in-background.ts";

export type AddUsageParts = {
  readonly usageLedger: Pick<UsageLedger, "add">;
  readonly clock: Clock;
  readonly report: Report;
};

/**
 * Adds batches, each once. One that has been on its way for days is left out, and shows as missing: whether it was added
 * before would soon be forgotten. Rejects when they could not be added.
 */
export async function addUsage(batches: readonly UsageBatch[], parts: AddUsageParts): Promise<void> {
  const { usageLedger, clock, report } = parts;
  const since = clock.now() - BATCH_LIFE_MS;
  const fresh = batches.filter(({ at }) => at >= since);
  if (fresh.length < batches.length) {
    report("usage", new Error(`${batches.length - fresh.length} batches came too late to be added`));
  }
  if (fresh.length > 0) await usageLedger.add(fresh);
}
