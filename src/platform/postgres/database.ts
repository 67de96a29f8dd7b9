import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle, type NeonHttpDatabase } from "drizzle-orm/neon-http";

export type Database = NeonHttpDatabase;

export type DatabaseSettings = {
  readonly databaseUrl: string;
  /** Where SQL over HTTP is spoken, for a stand-in of Neon; `null`: Neon itself, at the host of the URL. */
  readonly endpoint: string | null;
};

/**
 * Postgres over Neon's HTTP protocol: every statement is one request and one transaction, so whatever must happen
 * together is one statement. Holds no connection and may serve many requests. No time budget: callers have theirs.
 * The endpoint is a setting of the driver for the whole isolate, which therefore knows one database.
 */
export function connect({ databaseUrl, endpoint }: DatabaseSettings): Database {
  if (endpoint !== null) neonConfig.fetchEndpoint = endpoint;
  return drizzle(neon(databaseUrl));
}
