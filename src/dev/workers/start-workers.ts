import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../../cli/migrate.ts";
import { S3_PATH } from "../origin/credentials.ts";
import type { Leashed } from "../process/on-leash.ts";
import { untilAnswering } from "../process/until-answering.ts";
import { DEMO } from "../seed/tenants.ts";
import type { Secrets } from "../state/secrets.ts";
import { type ReadConfig, writeWorkerConfigs } from "./worker-configs.ts";
import { startWrangler } from "./wrangler-dev.ts";

/** As wrangler.toml names it. */
const STORE_BUCKET = "snapbyte-objects-local";

export type WorkersOptions = {
  readonly state: string;
  readonly port: number;
  readonly database: Database;
  readonly secrets: Secrets;
  /** Over those that the stack sets. */
  readonly vars: Readonly<Record<string, string>>;
  readonly apiMain: string | null;
  readonly consumerMain: string | null;
  readonly readConfig?: ReadConfig | undefined;
};

/** Starts the api and consumer Workers in one `wrangler dev` and waits until they answer. */
export async function startWorkers(options: WorkersOptions): Promise<Leashed> {
  const { state, port, secrets } = options;
  const home = join(state, "wrangler/workers");
  await mkdir(home, { recursive: true });
  const configs = await writeWorkerConfigs(home, {
    vars: { ...localVars(options), ...options.vars },
    bucket: secrets.store,
    apiMain: options.apiMain,
    consumerMain: options.consumerMain,
    ...(options.readConfig && { readConfig: options.readConfig }),
  });
  const log = join(state, "workers.log");
  const wrangler = startWrangler({ configs, port, persistTo: join(state, "workers"), home, log });
  try {
    await untilAnswering(`http://127.0.0.1:${port}/health`, wrangler, log);
    return wrangler;
  } catch (error) {
    wrangler.kill();
    throw error;
  }
}

function localVars({ port, database, secrets }: WorkersOptions): Record<string, string> {
  return {
    ENVIRONMENT: "local",
    DEFAULT_TENANT: DEMO,
    DATABASE_URL: database.databaseUrl,
    ...(database.endpoint === null ? {} : { NEON_ENDPOINT: database.endpoint }),
    SECRET_KEYS: secrets.keyRing,
    CONSOLE_KEYS: secrets.console.keys,
    // The local queue forgets its messages when it ends: what was claimed for them must not stay claimed for long.
    CLAIM_QUEUED_MS: "60000",
    RETRY_BASE_SECONDS: "1",
    // All attempts of a fill fit into a minute.
    RETRY_LONGEST_SECONDS: "10",
    R2_S3_ENDPOINT: `http://127.0.0.1:${port}${S3_PATH}`,
    R2_S3_BUCKET: STORE_BUCKET,
    R2_S3_ACCESS_KEY_ID: secrets.store.accessKeyId,
    R2_S3_SECRET_ACCESS_KEY: secrets.store.secretAccessKey,
  };
}
