import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle, type NeonHttpDatabase } from "drizzle-orm/neon-http";
import { STATEMENT_LIMIT_MS } from "./neon-statement.ts";

export type Database = NeonHttpDatabase;

export type DatabaseSettings = {
  readonly databaseUrl: string;
  /** Where SQL over HTTP is spoken, for a stand-in of Neon; `null`: Neon itself, at the host of the URL. */
  readonly endpoint: string | null;
};

/**
 * Postgres over Neon's HTTP protocol: every statement is one request and one transaction, so whatever must happen
 * together is one statement. Holds no connection and may serve many requests. Rejects after {@link STATEMENT_LIMIT_MS};
 * who has less time than that has a budget of its own.
 * Endpoint and limit are settings of the driver for the whole isolate, which therefore knows one database.
 */
export function connect({ databaseUrl, endpoint }: DatabaseSettings): Database {
  if (endpoint !== null) neonConfig.fetchEndpoint = endpoint;
  neonConfig.fetchFunction = (url: string, init: RequestInit) =>
    fetch(url, { ...init, signal: AbortSignal.timeout(STATEMENT_LIMIT_MS) });
  return drizzle(neon(databaseUrl));
}
