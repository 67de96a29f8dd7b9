import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../../bench/server/bundle.ts";
import { bundleApi, putModules } from "../../../src/cli/build-api.ts";
import { migrate } from "../../../src/cli/migrate.ts";
import { freePort } from "../../../src/dev/net/listen.ts";
import { startOrigin } from "../../../src/dev/origin/start-origin.ts";
import { startPostgres } from "../../../src/dev/postgres/start-postgres.ts";
import { localDatabase } from "../../../src/dev/seed/start-database.ts";
import type { StackOptions } from "../../../src/dev/stack.ts";
import { loadSecrets } from "../../../src/dev/state/secrets.ts";
import { makeStateDirectory } from "../../../src/dev/state/state-directory.ts";
import { readWithWrangler, WORKER_CONFIGS } from "../../../src/dev/workers/worker-configs.ts";

/** Names the directory to the processes that tests run in. */
const VARIABLE = "SNAPBYTE_TEST_STATE";
/** What every stack makes alike when it starts for the first time; ports, secrets and tenants are its own. */
const ALIKE = ["postgres", "origin"];
/** The Workers as they are uploaded, and what their wrangler.toml hold. */
const BUILT = { api: "built/api", consumer: "built/consumer", configs: "configs.json" };

/**
 * Makes an empty database, the demo origin's files and the Workers once, for all the stacks of a run to begin with: that is
 * more than half of what a first start costs, and some forty stacks are started.
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
  await Promise.all([origin.stop(), postgres.stop(), buildWorkers(directory)]);
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

/** What a stack runs that brings no Workers of its own; outside of a run of tests wrangler makes them of the source. */
export function builtWorkers(): Pick<StackOptions, "apiMain" | "consumerMain" | "readConfig"> {
  const template = process.env[VARIABLE];
  if (template === undefined) return {};
  const configs = readFile(join(template, BUILT.configs), "utf8").then((text) => JSON.parse(text));
  configs.catch(() => {});
  return {
    apiMain: join(template, BUILT.api, "worker.js"),
    consumerMain: join(template, BUILT.consumer, "worker.js"),
    readConfig: async (path) => (await configs)[path],
  };
}

async function buildWorkers(template: string): Promise<void> {
  await putModules(await bundleApi(), join(template, BUILT.api));
  await mkdir(join(template, BUILT.consumer), { recursive: true });
  await bundle(join(template, BUILT.consumer), "worker", "src/consumer/worker.ts", "src/consumer/wrangler.toml");
  const configs = Object.values(WORKER_CONFIGS).map(async (path) => [path, await readWithWrangler(path)] as const);
  const text = JSON.stringify(Object.fromEntries(await Promise.all(configs)));
  await writeFile(join(template, BUILT.configs), text);
}
