import type { EntryLedger } from "../../ports/entry-ledger.ts";
import type { DatabaseSettings } from "./database.ts";
import { neonStatement } from "./neon-statement.ts";

/**
 * Rows of tenant, id and count as one value: the text is the same for any number of them. Entries are locked in the order of
 * their keys, as in entry-bulk.ts.
 */
const ADD_HITS = `update entries set hits = entries.hits + counted.hits from (
    select locked.tenant_id, locked.id, sum(locked.hits) as hits from (
      select entries.tenant_id, entries.id, (wanted.row ->> 2)::bigint as hits
      from jsonb_array_elements($1::jsonb) as wanted(row)
      join entries on entries.tenant_id = wanted.row ->> 0 and entries.id = wanted.row ->> 1
      order by entries.tenant_id, entries.id for update of entries
    ) as locked group by 1, 2
  ) as counted where entries.tenant_id = counted.tenant_id and entries.id = counted.id`;

/**
 * How the ledger adds counts to entries, summing those of one entry that stands there several times: once a second in an
 * isolate that only has hits, which need not load driver and query builder for that.
 */
export function addHits(settings: DatabaseSettings): EntryLedger["addHits"] {
  const add = neonStatement(settings, ADD_HITS);
  return async (hits) => {
    await add(JSON.stringify(hits.map(({ key, count }) => [key.tenant, key.id, count])));
  };
}
