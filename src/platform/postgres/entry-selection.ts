import { and, eq, gte, lte, ne, or } from "drizzle-orm";
import { entryKeyOf } from "../../core/entry-key.ts";
import { comesFrom } from "../../core/purge/comes-from.ts";
import type { EntrySelection } from "../../core/purge/selection.ts";
import type { EntryLedger } from "../../ports/entry-ledger.ts";
import type { Database } from "./database.ts";
import { BY_ID, byPrefix, hasTag, type PlacedRow, type Reading } from "./entry-readings.ts";
import { entries } from "./schema.ts";

/** Entries whose URLs one page looks at where only a rule for URLs can tell which are meant. */
const LOOKED_AT = 1_000;

const COLUMNS = { id: entries.id, publicKey: entries.publicKey, sourceUrl: entries.sourceUrl };

/**
 * Pages of a selection, each one statement along one index. A cursor is the place of the last row that was looked at, so
 * that rows which come and go between two pages neither repeat others nor hide them.
 */
export function entrySelection(db: Database): EntryLedger["select"] {
  return async (tenant, selection, { before, purgedSince, cursor, limit }) => {
    const { where, order, after, placeOf } = readingOf(selection);
    const count = selection.by === "origin" ? LOOKED_AT : limit;
    const rows: PlacedRow[] = await db
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
    case "url-prefix":
      return byPrefix(selection);
    case "tag":
      return { ...BY_ID, where: hasTag(selection.tag) };
    case "origin":
    case "all":
      return BY_ID;
  }
}
