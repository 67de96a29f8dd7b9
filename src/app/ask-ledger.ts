import { type IndexEntry, indexEntryOf, type LedgerEntry } from "../core/entry.ts";
import { type EntryKey, keyText } from "../core/entry-key.ts";
import type { RecentWishes } from "../core/fills/recent-wishes.ts";
import type { Patience } from "../core/patience.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import { BudgetExceeded, withinBudget } from "../ports/time-budget.ts";
import type { InBackground, Report } from "./in-background.ts";
import { project } from "./project.ts";
import type { UnknownKeys } from "./unknown-keys.ts";

/** How long a download waits for the ledger, once the index has said that it knows nothing, in ms. */
export const LEDGER_BUDGET_MS = 40;

export type AskLedgerParts = {
  readonly index: EntryIndex;
  readonly ledger: EntryLedger;
  readonly unknown: UnknownKeys;
  /** How the ledger did lately. */
  readonly patience: Patience;
  /** Of which entries a copy is awaited here. */
  readonly wishes: { readonly recent: Pick<RecentWishes, "awaits"> };
  readonly clock: Clock;
  readonly inBackground: InBackground;
  readonly report: Report;
};

/** The ledger's word, to be waited for. `null`: it has nothing to tell; `undefined`: nobody could say in time. */
export type LedgerWord = () => Promise<IndexEntry | null | undefined>;

/**
 * Asks the ledger of an entry at once, unless it had nothing to tell not long ago, and gives what waits for its answer. Past
 * the budget that is still awaited in the background, and `late` gets it: at once, without waiting for it, where the ledger
 * was too slow again and again. The index learns what only the ledger knew. A crowd asks once, by one of them, which is also
 * the one that does what is left. Never rejects; whoever does not want the word any more leaves it.
 */
export function askLedger(
  key: EntryKey,
  { index, ledger, unknown, patience, wishes, clock, inBackground, report }: AskLedgerParts,
  late: (entry: IndexEntry | null) => Promise<void>,
): LedgerWord {
  const name = keyText(key);
  const now = clock.now();
  const awaited = wishes.recent.awaits(name, now);
  if (unknown.has(name, awaited)) return async () => null;
  const waits = patience.waits(now);
  if (!waits && (unknown.isAsked(name) || !patience.asksUnheard())) return async () => undefined;

  let isAsking = false;
  const answer = unknown.ask(name, awaited, async () => {
    isAsking = true;
    const sentAt = clock.now();
    const found = await ledger.find(key);
    patience.answered(sentAt, clock.now());
    return found;
  });
  // Nobody may be waiting when it fails.
  answer.catch(() => {});

  const entryOf = (found: LedgerEntry | null) => found && indexEntryOf(found, clock.now());
  const learn = async (found: LedgerEntry | null) => {
    if (entryOf(found)) await project(key, found, { ledger, index, clock });
  };
  const goOn = async () => {
    const found = await answer;
    await Promise.all([learn(found), late(entryOf(found))]);
  };

  return async () => {
    if (!waits) {
      inBackground(goOn().finally(() => patience.heard()));
      return undefined;
    }
    const waitedFrom = clock.now();
    try {
      const found = await withinBudget("ledger", LEDGER_BUDGET_MS, answer);
      if (isAsking && found) inBackground(learn(found));
      return entryOf(found);
    } catch (error) {
      if (error instanceof BudgetExceeded) patience.late(waitedFrom, clock.now());
      if (!isAsking) return undefined;
      report("ledger", error);
      inBackground(goOn());
      return undefined;
    }
  };
}
