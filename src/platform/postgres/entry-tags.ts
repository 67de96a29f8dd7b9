import { type SQL, sql } from "drizzle-orm";
import { MAX_ENTRY_TAGS } from "../../core/purge/tags.ts";

/** Two arrays of tags as one, each tag once; what does not fit are the first in the order of `old`. */
export function unionOfTagColumns(old: SQL, fresh: SQL): SQL {
  return sql`array(
    select tag from unnest(${old} || ${fresh}) as tag
    group by tag order by tag = any(${fresh}) desc, tag collate "C" limit ${sql.raw(String(MAX_ENTRY_TAGS))}
  )`;
}
