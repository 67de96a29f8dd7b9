import type { IndexEntry } from "../core/entry.ts";
import type { EntryKey } from "../core/entry-key.ts";
import type { RecentLuck } from "../core/recent-luck.ts";
import { withinBudget } from "../ports/time-budget.ts";
import { type AskLedgerParts, askLedger } from "./ask-ledger.ts";

/** How long a download waits for the index, in ms. Past that it goes on to the ledger. */
export const INDEX_BUDGET_MS = 50;

export type LookUpParts = AskLedgerParts & { readonly luck: RecentLuck };

/** For who has no origin to go to: a copy that was made elsewhere a moment ago is to be seen as if it was awaited here. */
export const ALL_AWAITED: LookUpParts["wishes"] = { recent: { awaits: () => true } };

/**
 * What we know of an entry: the index first, the ledger second, each inside its budget; side by side where the index has
 * known nothing of this tenant's for a while, and the ledger is quick. `null`: there is none, or was none when the ledger was
 * asked not long ago. `undefined`: nobody could say in time; then `late` gets the ledger's answer. Never rejects.
 */
export async function lookUp(
  key: EntryKey,
  parts: LookUpParts,
  late: (entry: IndexEntry | null) => Promise<void>,
): Promise<IndexEntry | null | undefined> {
  const { index, luck, patience, clock, report } = parts;
  const early = luck.expectsNothing(key.tenant) && patience.waits(clock.now()) ? askLedger(key, parts, late) : null;
  try {
    const known = await withinBudget("index", INDEX_BUDGET_MS, index.get(key));
    luck.note(key.tenant, known !== null);
    if (known) return known;
  } catch (error) {
    report("index", error);
  }
  const word = early ?? askLedger(key, parts, late);
  return await word();
}
