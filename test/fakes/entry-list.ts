import { type EntryListing, type EntryMatch, foldText } from "../../src/core/entry-listing.ts";
import { SnapbyteError } from "../../src/core/errors.ts";
import type { LedgerRow } from "./entry-ledger.ts";

/**
 * A page of rows, the last changed first and those of one moment by id; those of a prefix by key or URL. The cursor is the
 * last one's place; `searched`: how many rows a page of a search looks at.
 */
export function listEntries(
  rows: readonly LedgerRow[],
  { state, tag, match, cursor, limit }: EntryListing,
  searched: number,
) {
  const placeOf = placing(match);
  const start = cursor === null ? null : place(cursor, placeOf.texts);
  const rest = rows
    .filter((row) => (state === null || row.state === state) && (tag === null || row.tags.includes(tag)))
    .filter((row) => start === null || order(start, placeOf.of(row)) < 0)
    .toSorted((a, b) => order(placeOf.of(a), placeOf.of(b)));
  const looked = match?.by === "contains" ? rest.slice(0, searched) : rest;
  const found = looked.filter((row) => match === null || isMatch(row, match));
  const entries = found.slice(0, limit);
  const last = found.length > limit ? entries.at(-1) : looked.length < rest.length ? looked.at(-1) : undefined;
  return { entries, cursor: last ? btoa(encodeURIComponent(JSON.stringify(placeOf.of(last)))) : null };
}

type Place = readonly (number | string)[];

/** What rows are in the order of: that of change is by the negative moment. */
function placing(match: EntryMatch | null): { readonly texts: boolean; of(row: LedgerRow): Place } {
  if (match?.by === "key-prefix") return { texts: true, of: ({ publicKey, key }) => [publicKey, key.id] };
  if (match?.by === "url-prefix") return { texts: true, of: ({ sourceUrl, key }) => [sourceUrl, key.id] };
  return { texts: false, of: ({ updatedAt, key }) => [-updatedAt, key.id] };
}

function isMatch({ publicKey, sourceUrl }: LedgerRow, match: EntryMatch): boolean {
  const source = sourceUrl.replace(/\?.*$/s, "");
  if (match.by === "key-prefix") return publicKey.startsWith(match.prefix);
  if (match.by === "url-prefix") return source.startsWith(match.prefix);
  const text = foldText(match.text);
  return [publicKey, source].some((each) => foldText(each).includes(text));
}

function order(a: Place, b: Place): number {
  const at = a.findIndex((value, position) => value !== b[position]);
  const [mine = "", theirs = ""] = [a[at], b[at]];
  return mine < theirs ? -1 : Number(mine > theirs);
}

function place(cursor: string, texts: boolean): Place {
  try {
    const read = JSON.parse(decodeURIComponent(atob(cursor))) as Place;
    if ((typeof read[0] === "string") === texts) return read;
  } catch {}
  throw new SnapbyteError("INVALID_FIELD", "cursor is not one that this list gave.");
}
