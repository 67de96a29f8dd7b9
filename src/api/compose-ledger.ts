import { connect, type DatabaseSettings } from "../platform/postgres/database.ts";
import { postgresLedger } from "../platform/postgres/entry-ledger.ts";
import type { EntryLedger } from "../ports/entry-ledger.ts";

/** Apart from compose.ts: the driver and the query builder are more code than all else that downloads need. */
export function composeLedger(settings: DatabaseSettings): EntryLedger {
  return postgresLedger(connect(settings), settings);
}
