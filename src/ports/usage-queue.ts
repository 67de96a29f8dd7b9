import type { UsageBatch } from "../core/usage/batch.ts";

/** Brings batches to whoever adds them up, each at least once. */
export type UsageQueue = {
  /** Rejects when one of them was refused; the others may have been sent. */
  send(batches: readonly UsageBatch[]): Promise<void>;
};
