import { comesFrom } from "../../src/core/purge/comes-from.ts";
import type { EntrySelection } from "../../src/core/purge/selection.ts";
import type { SelectedEntries, SelectedPage } from "../../src/ports/entry-ledger.ts";
import type { LedgerRow } from "./entry-ledger.ts";

/** A page of those rows that a selection is about, by their ids; the cursor is the last one's. */
export function selectEntries(
  rows: readonly LedgerRow[],
  selection: EntrySelection,
  { before, purgedSince, cursor, limit }: SelectedPage,
): SelectedEntries {
  const isThere = ({ state, fence, copy, updatedAt }: LedgerRow) =>
    state === "purged"
      ? purgedSince !== null && updatedAt >= purgedSince
      : fence <= before || (copy !== null && copy.storedAt <= before);
  const meant = rows
    .filter((row) => isThere(row) && isMeant(row, selection))
    .filter(({ key }) => cursor === null || key.id > cursor)
    .toSorted((a, b) => (a.key.id < b.key.id ? -1 : 1));
  const page = meant.slice(0, limit);
  return { keys: page.map(({ key }) => key), cursor: meant.length > limit ? (page.at(-1)?.key.id ?? null) : null };
}

function isMeant({ publicKey, sourceUrl, tags }: LedgerRow, selection: EntrySelection): boolean {
  switch (selection.by) {
    case "key-prefix":
      return publicKey.startsWith(selection.prefix);
    case "url-prefix":
      return sourceUrl.replace(/\?.*$/s, "").startsWith(selection.prefix);
    case "tag":
      return tags.includes(selection.tag);
    case "origin":
      return comesFrom(selection.rule, sourceUrl);
    case "all":
      return true;
  }
}
