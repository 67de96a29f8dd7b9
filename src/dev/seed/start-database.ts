import { join } from "node:path";
import { type Database, explain, migrate } from "../../cli/migrate.ts";
import { type LocalPostgres, startPostgres } from "../postgres/start-postgres.ts";
import { StackError } from "../stack-error.ts";
import { forgetTenants } from "../state/forget-tenants.ts";
import { type SeedData, seed } from "./seed.ts";

/** Any valid one: the driver asks the endpoint instead. */
const DATABASE_URL = "postgres://snapbyte:snapbyte@localhost/snapbyte";

/** How the Workers reach the database that listens on this port. */
export function localDatabase(port: number): Database {
  return { databaseUrl: DATABASE_URL, endpoint: `http://127.0.0.1:${port}/sql` };
}

/** Starts the Postgres of a state directory, and brings its tables and the demo tenants up to date. */
export async function startDatabase(state: string, port: number, data: SeedData): Promise<LocalPostgres> {
  const postgres = await startPostgres(join(state, "postgres"), port);
  try {
    await migrate(localDatabase(port));
    if (await seed(localDatabase(port), data)) await forgetTenants(state);
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw new StackError(`The local database is not usable: ${explain(error)}. --fresh starts with an empty one.`);
  }
}
