import type { Report } from "./in-background.ts";
import { type PurgeParts, purge } from "./purge.ts";

/** Entries that one run removes at most: a run has 30 s of CPU and the next comes within a minute. */
const SWEEP_LIMIT = 500;

/** Removes copies whose tenants wanted them gone by now. One that cannot be removed does not stop the others. */
export async function sweepExpired(parts: PurgeParts & { readonly report: Report }): Promise<number> {
  const keys = await parts.ledger.expired(parts.clock.now(), SWEEP_LIMIT);
  for (const key of keys) {
    try {
      await purge(key, "expired", parts);
    } catch (error) {
      parts.report("sweep", error);
    }
  }
  return keys.length;
}
