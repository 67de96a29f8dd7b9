import type { EntryKey } from "../../core/entry-key.ts";
import type { EntryLedger } from "../../ports/entry-ledger.ts";
import type { DatabaseSettings } from "./database.ts";
import { ledgerEntry } from "./entry-row.ts";
import { entryRowOf } from "./json-row.ts";
import { neonStatement } from "./neon-statement.ts";

/** By the primary key, the whole row as one value. */
const FIND = "select to_jsonb(entries) from entries where tenant_id = $1 and id = $2";

/** As many rows by the primary key as there are keys in one parameter: the text is the same for any number of them. */
const FIND_MANY = `select to_jsonb(entries) from jsonb_to_recordset($1::jsonb) as wanted(tenant text, id text)
  join entries on entries.tenant_id = wanted.tenant and entries.id = wanted.id`;

/** How the ledger finds entries: a statement whose text was never built, in one request. No budget but a statement's. */
export function findEntry(settings: DatabaseSettings): Pick<EntryLedger, "find" | "findMany"> {
  const one = neonStatement(settings, FIND);
  const many = neonStatement(settings, FIND_MANY);
  return {
    async find({ tenant, id }) {
      const [row] = await one(tenant, id);
      return row ? entryOf(row) : null;
    },
    async findMany(keys) {
      return (await many(JSON.stringify(unique(keys)))).map(entryOf);
    },
  };
}

function entryOf([json]: readonly (string | null)[]) {
  return ledgerEntry(entryRowOf(json ?? "null"));
}

function unique(keys: readonly EntryKey[]): { tenant: string; id: string }[] {
  return [...new Map(keys.map(({ tenant, id }) => [`${tenant}/${id}`, { tenant, id }])).values()];
}
