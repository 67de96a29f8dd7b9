import type { TestProject } from "vitest/node";
import { migrate } from "../../src/cli/migrate.ts";
import { startPostgres } from "../../src/dev/postgres/start-postgres.ts";
import { startS3 } from "./s3.ts";
import { startSampleOrigin } from "./sample-origin.ts";

/** Starts what the tests in workerd reach over the network, once for all of them, and stops it after. */
export default async function services(project: TestProject): Promise<() => Promise<void>> {
  const [postgres, origin, s3] = await Promise.all([startPostgres(null), startSampleOrigin(), startS3()]);
  const database = { databaseUrl: "postgres://test:test@localhost/test", endpoint: postgres.endpoint };
  await migrate(database);
  project.provide("services", { database, originUrl: origin.url, s3: s3.settings });
  return async () => {
    await Promise.all([postgres.stop(), origin.stop(), s3.stop()]);
  };
}
