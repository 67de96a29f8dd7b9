import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { type EntryListing, foldText } from "../../core/entry-listing.ts";
import type { EntryLedger, Page } from "../../ports/entry-ledger.ts";
import type { Database } from "./database.ts";
import { byPrefix, hasTag } from "./entry-readings.ts";
import { type EntryRow, ledgerEntry } from "./entry-row.ts";
import { placeCursor, readPlace } from "./place-cursor.ts";
import { entries } from "./schema.ts";
import { afterTimeCursor, timeCursor } from "./time-cursor.ts";

/** With its nulls, though there are none, where the index has them: else Postgres would sort instead of reading it. */
const LAST_CHANGED_FIRST = sql`${entries.updatedAt} desc nulls last`;

/**
 * Pages of a tenant's entries, each along one index: of changes, of keys or of URLs. A text that may be anywhere has no
 * index, which each miss would have to write to: of the newest changes `searched` are looked at for one page.
 */
export function entryList(db: Database, searched: number): EntryLedger["list"] {
  return async (tenant, listing) => {
    const { state, tag, match } = listing;
    const of = and(
      eq(entries.tenantId, tenant),
      state === null ? undefined : eq(entries.state, state),
      tag === null ? undefined : hasTag(tag),
    );
    if (match === null) return await newest(db, of, listing);
    if (match.by === "contains") return await search(db, of, match.text, listing, searched);
    return await inOrder(db, of, match, listing);
  };
}

type Place = Pick<EntryListing, "cursor" | "limit">;

/** What the newest changes are placed by. */
const CHANGE = { at: entries.updatedAt, id: entries.id };

const changeCursor = ({ updatedAt, id }: Pick<EntryRow, "updatedAt" | "id">) => timeCursor(updatedAt, id);

async function newest(db: Database, of: SQL | undefined, { cursor, limit }: Place): Promise<Page> {
  const rows = await db
    .select()
    .from(entries)
    .where(and(of, cursor === null ? undefined : afterTimeCursor(cursor, CHANGE)))
    .orderBy(LAST_CHANGED_FIRST, asc(entries.id))
    .limit(limit + 1);
  return pageOf(rows, limit, changeCursor);
}

/** Where the search has looked at as many as it may, the next page begins behind the last of these. */
async function search(
  db: Database,
  of: SQL | undefined,
  text: string,
  { cursor, limit }: Place,
  searched: number,
): Promise<Page> {
  const rest = and(of, cursor === null ? undefined : afterTimeCursor(cursor, CHANGE));
  const order = [LAST_CHANGED_FIRST, asc(entries.id)];
  const looked = db
    .select()
    .from(entries)
    .where(rest)
    .orderBy(...order)
    .limit(searched)
    .as("looked");
  const folded = foldText(text);
  const has = (text: SQL) => sql`strpos(lower(${text} collate "C"), ${folded}) > 0`;
  const [rows, [end]] = await db.batch([
    db
      .select()
      .from(looked)
      .where(sql`${has(sql`${looked.publicKey}`)} or ${has(sql`split_part(${looked.sourceUrl}, '?', 1)`)}`)
      .orderBy(sql`${looked.updatedAt} desc nulls last`, asc(looked.id))
      .limit(limit + 1),
    db
      .select({ updatedAt: entries.updatedAt, id: entries.id })
      .from(entries)
      .where(rest)
      .orderBy(...order)
      .offset(searched - 1)
      .limit(1),
  ]);
  const page = pageOf(rows, limit, changeCursor);
  return page.cursor === null && end ? { ...page, cursor: changeCursor(end) } : page;
}

async function inOrder(
  db: Database,
  of: SQL | undefined,
  match: Parameters<typeof byPrefix>[0],
  { cursor, limit }: Place,
): Promise<Page> {
  const { where, order, after, placeOf } = byPrefix(match);
  const place = cursor === null ? undefined : after(readPlace(cursor));
  const rows = await db
    .select()
    .from(entries)
    .where(and(of, where, place))
    .orderBy(...order)
    .limit(limit + 1);
  return pageOf(rows, limit, (row) => placeCursor(placeOf(row)));
}

/** One row more than the page has tells that another page follows. */
function pageOf(rows: readonly EntryRow[], limit: number, cursorOf: (row: EntryRow) => string): Page {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { entries: page.map(ledgerEntry), cursor: last && rows.length > limit ? cursorOf(last) : null };
}
