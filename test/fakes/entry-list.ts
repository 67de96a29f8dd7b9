import type { EntryState } from "../../src/core/entry.ts";
import { SnapbyteError } from "../../src/core/errors.ts";
import type { LedgerRow } from "./entry-ledger.ts";

type Options = { readonly state: EntryState | null; readonly cursor: string | null; readonly limit: number };

/** A page of rows, the last changed first and those of one moment by id; the cursor is the last one's place. */
export function listEntries(rows: readonly LedgerRow[], { state, cursor, limit }: Options) {
  const start = cursor === null ? null : place(cursor);
  const rest = rows
    .filter((row) => state === null || row.state === state)
    .filter((row) => start === null || order(start, placeOf(row)) < 0)
    .toSorted((a, b) => order(placeOf(a), placeOf(b)));
  const entries = rest.slice(0, limit);
  const last = entries.at(-1);
  return { entries, cursor: last && rest.length > limit ? btoa(JSON.stringify(placeOf(last))) : null };
}

type Place = readonly [updatedAt: number, id: string];

function placeOf({ updatedAt, key }: LedgerRow): Place {
  return [updatedAt, key.id];
}

function order(a: Place, b: Place): number {
  if (a[0] !== b[0]) return b[0] - a[0];
  return a[1] < b[1] ? -1 : Number(a[1] > b[1]);
}

function place(cursor: string): Place {
  try {
    return JSON.parse(atob(cursor)) as Place;
  } catch (cause) {
    throw new SnapbyteError("INVALID_FIELD", "cursor is not one that this list gave.", { cause });
  }
}
