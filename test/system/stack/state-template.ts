import { existsSync } from "node:fs";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { migrate } from "../../../src/cli/migrate.ts";
import { freePort } from "../../../src/dev/net/listen.ts";
import { startOrigin } from "../../../src/dev/origin/start-origin.ts";
import { startPostgres } from "../../../src/dev/postgres/start-postgres.ts";
import { localDatabase } from "../../../src/dev/seed/start-database.ts";
import { loadSecrets } from "../../../src/dev/state/secrets.ts";
import { makeStateDirectory } from "../../../src/dev/state/state-directory.ts";

/** Names the directory to the processes that tests run in. */
const VARIABLE = "SNAPBYTE_TEST_STATE";
/** What every stack makes alike when it starts for the first time; ports, secrets and tenants are its own. */
const ALIKE = ["postgres", "origin"];

/**
 * Makes an empty database and the demo origin's files once, for all the stacks of a run to begin with: that is half of
 * what a first start costs, and some forty stacks are started.
 */
export default async function stateTemplate(): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-template-"));
  await makeStateDirectory(directory);
  const { origin: keys } = await loadSecrets(directory);
  const [port, database] = await Promise.all([freePort(), freePort()]);
  const [origin, postgres] = await Promise.all([
    startOrigin({ state: directory, port, keys }),
    startPostgres(join(directory, "postgres"), database),
  ]);
  await migrate(localDatabase(database));
  await Promise.all([origin.stop(), postgres.stop()]);
  process.env[VARIABLE] = directory;
  return async () => {
    delete process.env[VARIABLE];
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
}

/** Lets a state that is still empty begin with what was made; outside of a run of tests it stays as it is. */
export async function beginWithTemplate(state: string): Promise<void> {
  const template = process.env[VARIABLE];
  if (template === undefined) return;
  for (const part of ALIKE) {
    if (existsSync(join(state, part))) continue;
    await cp(join(template, part), join(state, part), { recursive: true });
  }
}
