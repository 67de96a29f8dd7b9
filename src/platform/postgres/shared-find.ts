import type { LedgerEntry } from "../../core/entry.ts";
import { type EntryKey, keyText } from "../../core/entry-key.ts";
import type { EntryLedger } from "../../ports/entry-ledger.ts";

/** Keys of one query. */
const MOST_KEYS = 100;

type Batch = { readonly keys: EntryKey[]; readonly answer: Promise<ReadonlyMap<string, LedgerEntry>> };

/**
 * One query for all who look for an entry in the same turn of the event loop: of misses by the thousand five to nine share
 * one, which saves a sixth of their processor time, and whoever comes alone waits no longer. The query belongs to one of them
 * and is kept alive by `background` when that one's client leaves; who waits for it has a budget anyway.
 */
export function sharedFind(
  { find, findMany }: Pick<EntryLedger, "find" | "findMany">,
  background: (work: Promise<unknown>) => void,
): EntryLedger["find"] {
  let forming: Batch | null = null;

  function form(): Batch {
    const keys: EntryKey[] = [];
    const answer = endOfTurn().then(async () => {
      if (forming === batch) forming = null;
      const [first] = keys;
      const found = first && keys.length === 1 ? [await find(first)] : await findMany(keys);
      return new Map(found.flatMap((entry) => (entry ? [[keyText(entry.key), entry] as const] : [])));
    });
    const batch = { keys, answer };
    // Whoever asked is told of a failure, and reports it.
    background(answer.catch(() => {}));
    return batch;
  }

  return async (key) => {
    if (!forming || forming.keys.length >= MOST_KEYS) forming = form();
    forming.keys.push(key);
    const found = await forming.answer;
    return found.get(keyText(key)) ?? null;
  };
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
