import type { EntryKey } from "../core/entry-key.ts";
import type { FillGate } from "../ports/fill-gate.ts";
import type { Report } from "./in-background.ts";

/** An attempt's hold on its entry while it works. */
export type Lease = {
  /** Aborts when the claim was lost to a purge or to another attempt. */
  readonly lost: AbortSignal;
  /** Ends the hold. */
  drop(): void;
};

/** Tells the gate three times a lease that the attempt is alive. A gate that cannot be reached does not end the work. */
export function holdLease(
  gate: FillGate,
  attempt: { key: EntryKey; fence: number; generation: string },
  leaseMs: number,
  report: Report,
): Lease {
  const lost = new AbortController();
  const renew = async () => {
    try {
      const held = await gate.renew(attempt.key, attempt.fence, attempt.generation);
      if (!held) lost.abort(new ClaimLost());
    } catch (error) {
      report("gate", error);
    }
  };
  const timer = setInterval(renew, leaseMs / 3);
  return { lost: lost.signal, drop: () => clearInterval(timer) };
}

/** A purge or another attempt came in between: what was fetched is not wanted any more. */
export class ClaimLost extends Error {
  constructor() {
    super("the claim was lost while the fill was under way");
    this.name = "ClaimLost";
  }
}
