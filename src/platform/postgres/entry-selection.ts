import { and, asc, eq, gt, gte, lte, ne, or, type SQL, sql } from "drizzle-orm";
import { entryKeyOf } from "../../core/entry-key.ts";
import { comesFrom } from "../../core/purge/comes-from.ts";
import type { EntrySelection } from "../../core/purge/selection.ts";
import { afterPrefix, firstCharacters } from "../../core/purge/text-range.ts";
import type { EntryLedger } from "../../ports/entry-ledger.ts";
import type { Database } from "./database.ts";
import { entries } from "./schema.ts";

/** Characters of a URL that the index on them takes. */
const INDEXED_CHARACTERS = 512;
/** Entries whose URLs one page looks at where only a rule for URLs can tell which are meant. */
const LOOKED_AT = 1_000;

const PUBLIC_KEY = sql`${entries.publicKey} collate "C"`;
const SOURCE_START = sql`left(${entries.sourceUrl}, ${sql.raw(String(INDEXED_CHARACTERS))}) collate "C"`;

/** How a kind of selection is read: which rows, in which order, and where a page of them ended. */
type Reading = {
  readonly where: SQL | undefined;
  readonly order: readonly SQL[];
  readonly after: (place: readonly string[]) => SQL | undefined;
  readonly placeOf: (row: Row) => readonly string[];
};

type Row = { readonly id: string; readonly publicKey: string; readonly sourceUrl: string };
const COLUMNS = { id: entries.id, publicKey: entries.publicKey, sourceUrl: entries.sourceUrl };

/**
 * Pages of a selection, each one statement along one index. A cursor is the place of the last row that was looked at, so
 * that rows which come and go between two pages neither repeat others nor hide them.
 */
export function entrySelection(db: Database): EntryLedger["select"] {
  return async (tenant, selection, { before, purgedSince, cursor, limit }) => {
    const { where, order, after, placeOf } = readingOf(selection);
    const count = selection.by === "origin" ? LOOKED_AT : limit;
    const rows: Row[] = await db
      .select(COLUMNS)
      .from(entries)
      .where(
        and(
          eq(entries.tenantId, tenant),
          where,
          cursor === null ? undefined : after(JSON.parse(cursor) as string[]),
          or(
            and(ne(entries.state, "purged"), or(lte(entries.fence, before), lte(entries.storedAt, new Date(before)))),
            purgedSince === null
              ? undefined
              : and(eq(entries.state, "purged"), gte(entries.updatedAt, new Date(purgedSince))),
          ),
        ),
      )
      .orderBy(...order)
      .limit(count);
    const meant = rows.filter(({ sourceUrl }) => selection.by !== "origin" || comesFrom(selection.rule, sourceUrl));
    const page = meant.slice(0, limit);
    // Where more are meant than were asked for, the next page begins behind the last of these.
    const last = meant.length > limit ? page.at(-1) : rows.length === count ? rows.at(-1) : undefined;
    return { keys: page.map(({ id }) => entryKeyOf(tenant, id)), cursor: last ? JSON.stringify(placeOf(last)) : null };
  };
}

function readingOf(selection: EntrySelection): Reading {
  switch (selection.by) {
    case "key-prefix":
      return {
        where: inRange(PUBLIC_KEY, selection.prefix),
        order: [sql`${PUBLIC_KEY} asc`],
        after: ([key = ""]) => sql`${PUBLIC_KEY} > ${key}`,
        placeOf: ({ publicKey }) => [publicKey],
      };
    case "url-prefix":
      return {
        where: and(
          inRange(SOURCE_START, firstCharacters(selection.prefix, INDEXED_CHARACTERS)),
          sql`starts_with(split_part(${entries.sourceUrl}, '?', 1), ${selection.prefix})`,
        ),
        order: [sql`${SOURCE_START} asc`, asc(entries.id)],
        // The first of these is implied by the second, and alone lets the index begin in the right place.
        after: ([start = "", id = ""]) =>
          and(sql`${SOURCE_START} >= ${start}`, or(sql`${SOURCE_START} > ${start}`, gt(entries.id, id))),
        placeOf: ({ sourceUrl, id }) => [firstCharacters(sourceUrl, INDEXED_CHARACTERS), id],
      };
    case "tag":
      return { ...BY_ID, where: sql`${entries.tags} @> array[${selection.tag}]::text[]` };
    case "origin":
    case "all":
      return BY_ID;
  }
}

const BY_ID: Reading = {
  where: undefined,
  order: [asc(entries.id)],
  after: ([id = ""]) => gt(entries.id, id),
  placeOf: ({ id }) => [id],
};

/** Text that begins with the prefix, where `text` is in the order of bytes. */
function inRange(text: SQL, prefix: string): SQL | undefined {
  const end = afterPrefix(prefix);
  return and(sql`${text} >= ${prefix}`, end === null ? undefined : sql`${text} < ${end}`);
}
