import type { EntryKey } from "../core/entry-key.ts";

/** Lets one fill of an entry through, whatever the number and place of those who ask. See core/fills/claims.ts. */
export type FillGate = {
  /** The fence of a fill that the caller must now queue, or `null` when somebody else has it. */
  claim(key: EntryKey): Promise<number | null>;
  /** `busy`: another attempt is alive, come back later; `gone`: drop the message. */
  begin(key: EntryKey, fence: number, generation: string): Promise<"begun" | "busy" | "gone">;
  /** Says that the attempt is alive; `false`: it lost the claim and must stop. */
  renew(key: EntryKey, fence: number, generation: string): Promise<boolean>;
  /** The attempt failed and its message comes back after the delay. */
  requeue(key: EntryKey, fence: number, generation: string, delayMs: number): Promise<void>;
  /** The fill ended, well or not. Changes nothing when a purge or a newer claim came in between. */
  finish(key: EntryKey, fence: number): Promise<void>;
  /** Stops every fill that began before; returns the fence to purge the ledger with, and whether one was stopped. */
  revoke(key: EntryKey): Promise<{ fence: number; stopped: boolean }>;
};
