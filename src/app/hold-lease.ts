import type { EntryKey } from "../core/entry-key.ts";
import type { FillGate, Holder } from "../ports/fill-gate.ts";
import { ClaimLost } from "./fill-failed.ts";
import type { Report } from "./in-background.ts";

/** An attempt's hold on its lane of a fill while it works. */
export type Lease = {
  /** Aborts when the claim was lost to a purge or to another attempt. */
  readonly lost: AbortSignal;
  /** Ends the hold. */
  drop(): void;
};

/**
 * Tells the gate three times a lease that the attempt is alive, and `also` whoever else must know. A gate that cannot be
 * reached does not end the work.
 */
export function holdLease(
  gate: FillGate,
  { key, holder, leaseMs }: { readonly key: EntryKey; readonly holder: Holder; readonly leaseMs: number },
  report: Report,
  also: () => Promise<unknown> = async () => {},
): Lease {
  const lost = new AbortController();
  const renew = async () => {
    try {
      const [held] = await Promise.all([gate.renew(key, holder), also()]);
      if (!held) lost.abort(new ClaimLost());
    } catch (error) {
      report("gate", error);
    }
  };
  const timer = setInterval(renew, leaseMs / 3);
  return { lost: lost.signal, drop: () => clearInterval(timer) };
}
