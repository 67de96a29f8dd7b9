import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle, type NeonHttpDatabase } from "drizzle-orm/neon-http";
import * as schema from "./schema.ts";

/** A statement takes no longer than this, in ms: a page that waits is worse than one that says so. */
const STATEMENT_LIMIT_MS = 10_000;

export type PeopleDatabase = NeonHttpDatabase<typeof schema>;

/**
 * The people's tables over Neon's HTTP protocol: each statement is one request and one transaction. `endpoint`: where SQL
 * over HTTP is spoken, for a stand-in of Neon; `null`: Neon itself. Both are settings of the driver for the whole isolate.
 */
export function connectPeople(databaseUrl: string, endpoint: string | null): PeopleDatabase {
  if (endpoint !== null) neonConfig.fetchEndpoint = endpoint;
  neonConfig.fetchFunction = (url: string, init: RequestInit) =>
    fetch(url, { ...init, signal: AbortSignal.timeout(STATEMENT_LIMIT_MS) });
  return drizzle(neon(databaseUrl), { schema });
}
