import type { TestProject } from "vitest/node";
import { type Database, migrate } from "../../src/cli/migrate.ts";
import { startPostgres } from "../../src/dev/postgres/start-postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** An embedded Postgres with all migrations applied, for tests of sign-in: they share it, and keep to people of their own. */
    readonly people: Database;
  }
}

/** Starts that Postgres once for all files of a run, each of which would take some seconds for one of its own. */
export default async function peopleDatabase(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres(null);
  const database = { databaseUrl: "postgres://test:test@localhost/test", endpoint: postgres.endpoint };
  await migrate(database);
  project.provide("people", database);
  return () => postgres.stop();
}
