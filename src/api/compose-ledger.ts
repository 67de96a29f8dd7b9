import { postgresApiKeys } from "../platform/postgres/api-keys.ts";
import { connect } from "../platform/postgres/database.ts";
import { postgresLedger } from "../platform/postgres/entry-ledger.ts";
import { postgresTenants } from "../platform/postgres/tenant-directory.ts";
import type { PostgresParts } from "./deferred-postgres.ts";
import type { ApiEnv } from "./env.ts";

/** Apart from compose.ts: the driver and the query builder are more code than all else that downloads need. */
export function composePostgres(env: Pick<ApiEnv, "databaseUrl" | "neonEndpoint">): PostgresParts {
  const settings = { databaseUrl: env.databaseUrl, endpoint: env.neonEndpoint };
  const db = connect(settings);
  return { ledger: postgresLedger(db, settings), tenants: postgresTenants(db), keys: postgresApiKeys(db) };
}
