import { and, asc, gt, or, type SQL, sql } from "drizzle-orm";
import type { EntrySelection } from "../../core/purge/selection.ts";
import { afterPrefix, firstCharacters } from "../../core/purge/text-range.ts";
import { entries } from "./schema.ts";

/** Characters of a URL that the index on them takes. */
const INDEXED_CHARACTERS = 512;

const PUBLIC_KEY = sql`${entries.publicKey} collate "C"`;
const SOURCE_START = sql`left(${entries.sourceUrl}, ${sql.raw(String(INDEXED_CHARACTERS))}) collate "C"`;

/** How entries are read along one index: which rows, in which order, and where a page of them ended. */
export type Reading = {
  readonly where: SQL | undefined;
  readonly order: readonly SQL[];
  readonly after: (place: readonly string[]) => SQL | undefined;
  /** As many texts for every row. */
  readonly placeOf: (row: PlacedRow) => readonly string[];
};

export type PlacedRow = { readonly id: string; readonly publicKey: string; readonly sourceUrl: string };

export const BY_ID: Reading = {
  where: undefined,
  order: [asc(entries.id)],
  after: ([id = ""]) => gt(entries.id, id),
  placeOf: ({ id }) => [id],
};

/** Public keys that begin so, in the order of their bytes. */
export function byKeyPrefix(prefix: string): Reading {
  return {
    where: inRange(PUBLIC_KEY, prefix),
    order: [sql`${PUBLIC_KEY} asc`],
    after: ([key = ""]) => sql`${PUBLIC_KEY} > ${key}`,
    placeOf: ({ publicKey }) => [publicKey],
  };
}

/** Source URLs that begin so before their query, in the order of the bytes that the index has of them. */
export function byUrlPrefix(prefix: string): Reading {
  return {
    where: and(
      inRange(SOURCE_START, firstCharacters(prefix, INDEXED_CHARACTERS)),
      sql`starts_with(split_part(${entries.sourceUrl}, '?', 1), ${prefix})`,
    ),
    order: [sql`${SOURCE_START} asc`, asc(entries.id)],
    // The first of these is implied by the second, and alone lets the index begin in the right place.
    after: ([start = "", id = ""]) =>
      and(sql`${SOURCE_START} >= ${start}`, or(sql`${SOURCE_START} > ${start}`, gt(entries.id, id))),
    placeOf: ({ sourceUrl, id }) => [firstCharacters(sourceUrl, INDEXED_CHARACTERS), id],
  };
}

/** What has this tag. */
export function hasTag(tag: string): SQL {
  return sql`${entries.tags} @> array[${tag}]::text[]`;
}

/** Entries by a prefix, as purges and lists mean it. */
export function byPrefix(match: Extract<EntrySelection, { by: "key-prefix" | "url-prefix" }>): Reading {
  return match.by === "key-prefix" ? byKeyPrefix(match.prefix) : byUrlPrefix(match.prefix);
}

/** Text that begins with the prefix, where `text` is in the order of bytes. */
function inRange(text: SQL, prefix: string): SQL | undefined {
  const end = afterPrefix(prefix);
  return and(sql`${text} >= ${prefix}`, end === null ? undefined : sql`${text} < ${end}`);
}
