import { fileURLToPath } from "node:url";
import { neon, neonConfig } from "@neondatabase/serverless";
import { drizzle } from "drizzle-orm/neon-http";
import { migrate as applyMigrations } from "drizzle-orm/neon-http/migrator";

const MIGRATIONS = fileURLToPath(new URL("../../migrations", import.meta.url));

export type Database = {
  readonly databaseUrl: string;
  /** Where the driver sends its queries; `null`: to Neon, at the host of the URL. */
  readonly endpoint: string | null;
};

/**
 * Applies what `migrations/` holds and the database does not. Safe to repeat.
 * The endpoint is a setting of the whole process, since the driver knows no other way.
 */
export async function migrate({ databaseUrl, endpoint }: Database): Promise<void> {
  if (endpoint !== null) neonConfig.fetchEndpoint = endpoint;
  await applyMigrations(drizzle(neon(databaseUrl)), { migrationsFolder: MIGRATIONS });
}

/** The error at the bottom, in the words of whoever raised it: drizzle and the driver wrap theirs around it. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner = error.cause ?? ("sourceError" in error ? error.sourceError : undefined);
  if (inner instanceof Error) return explain(inner);
  return "code" in error && error.code ? `${error.message || error.name} (${error.code})` : error.message;
}

async function main(): Promise<number> {
  const databaseUrl = process.env.DATABASE_URL;
  if (!databaseUrl) {
    console.error("DATABASE_URL is not set: it names the database to migrate.");
    return 1;
  }
  if (!/^postgres(?:ql)?:\/\//.test(databaseUrl)) {
    console.error("DATABASE_URL must start with postgres:// or postgresql://.");
    return 1;
  }
  try {
    await migrate({ databaseUrl, endpoint: process.env.NEON_ENDPOINT || null });
    console.log("The database is up to date.");
    return 0;
  } catch (error) {
    console.error(`The migration failed: ${explain(error)}`);
    return 1;
  }
}

if (import.meta.main) process.exitCode = await main();
