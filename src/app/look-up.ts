import { type IndexEntry, indexEntryOf, type LedgerEntry } from "../core/entry.ts";
import { type EntryKey, keyText } from "../core/entry-key.ts";
import type { Patience } from "../core/patience.ts";
import type { Clock } from "../ports/clock.ts";
import type { EntryIndex } from "../ports/entry-index.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";
import { BudgetExceeded, withinBudget } from "../ports/time-budget.ts";
import type { FillWishes } from "./fill-wishes.ts";
import type { InBackground, Report } from "./in-background.ts";
import { project } from "./project.ts";
import type { UnknownKeys } from "./unknown-keys.ts";

/** How long a download waits for the index, and after it for the ledger, in ms. Past that it goes to the origin. */
export const INDEX_BUDGET_MS = 50;
export const LEDGER_BUDGET_MS = 40;

export type LookUpParts = {
  readonly index: EntryIndex;
  readonly ledger: EntryLedger;
  readonly unknown: UnknownKeys;
  /** How the ledger did lately. */
  readonly patience: Patience;
  readonly wishes: Pick<FillWishes, "recent">;
  readonly clock: Clock;
  readonly inBackground: InBackground;
  readonly report: Report;
};

/**
 * What we know of an entry: the index first, the ledger second, each inside its budget; the index learns what only the
 * ledger knew. `null`: there is none, or was none when the ledger was asked not long ago. `undefined`: nobody could say in
 * time. Then the ledger's answer is still awaited in the background, and `late` gets it: at once, without waiting for it,
 * where the ledger was too slow again and again. A crowd asks the ledger once, by one of them, which is also the one that
 * does what is left. Never rejects.
 */
export async function lookUp(
  key: EntryKey,
  { index, ledger, unknown, patience, wishes, clock, inBackground, report }: LookUpParts,
  late: (entry: IndexEntry | null) => Promise<void>,
): Promise<IndexEntry | null | undefined> {
  try {
    const known = await withinBudget("index", INDEX_BUDGET_MS, index.get(key));
    if (known) return known;
  } catch (error) {
    report("index", error);
  }
  const name = keyText(key);
  const askedAt = clock.now();
  const awaited = wishes.recent.awaits(name, askedAt);
  if (unknown.has(name, awaited)) return null;
  const waits = patience.waits(askedAt);
  if (!waits && (unknown.isAsked(name) || !patience.asksUnheard())) return undefined;

  let isAsking = false;
  const answer = unknown.ask(name, awaited, async () => {
    isAsking = true;
    const sentAt = clock.now();
    const found = await ledger.find(key);
    patience.answered(sentAt, clock.now());
    return found;
  });
  const entryOf = (found: LedgerEntry | null) => found && indexEntryOf(found, clock.now());
  const learn = async (found: LedgerEntry | null) => {
    if (entryOf(found)) await project(key, found, { ledger, index, clock });
  };
  const goOn = async () => {
    const found = await answer;
    await Promise.all([learn(found), late(entryOf(found))]);
  };
  if (!waits) {
    inBackground(goOn().finally(() => patience.heard()));
    return undefined;
  }
  try {
    const found = await withinBudget("ledger", LEDGER_BUDGET_MS, answer);
    if (isAsking && found) inBackground(learn(found));
    return entryOf(found);
  } catch (error) {
    if (error instanceof BudgetExceeded) patience.late(askedAt, clock.now());
    if (!isAsking) return undefined;
    report("ledger", error);
    inBackground(goOn());
    return undefined;
  }
}
