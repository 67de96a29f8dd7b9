import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../../cli/migrate.ts";
import type { Leashed } from "../process/on-leash.ts";
import { untilAnswering } from "../process/until-answering.ts";
import type { Secrets } from "../state/secrets.ts";
import { writeConsoleConfig } from "./worker-configs.ts";
import { startWrangler } from "./wrangler-dev.ts";

export type ConsoleOptions = {
  readonly state: string;
  readonly port: number;
  readonly apiPort: number;
  readonly database: Database;
  readonly secrets: Pick<Secrets, "console">;
  /** More variables, over those that are set here. */
  readonly vars: Readonly<Record<string, string>>;
};

/** Starts the console in a `wrangler dev` of its own, beside the one of the other Workers, and waits until it answers. */
export async function startConsole({
  state,
  port,
  apiPort,
  database,
  secrets,
  vars,
}: ConsoleOptions): Promise<Leashed> {
  const home = join(state, "wrangler/console");
  await mkdir(home, { recursive: true });
  const config = await writeConsoleConfig(home, {
    ENVIRONMENT: "local",
    EDGE_URL: `http://127.0.0.1:${apiPort}`,
    CONSOLE_URL: `http://127.0.0.1:${port}`,
    CONSOLE_KEYS: secrets.console.keys,
    AUTH_SECRET: secrets.console.auth,
    DATABASE_URL: database.databaseUrl,
    ...(database.endpoint === null ? {} : { NEON_ENDPOINT: database.endpoint }),
    ...vars,
  });
  const log = join(state, "console.log");
  const beside = join(state, "wrangler/workers");
  const wrangler = startWrangler({ configs: [config], port, persistTo: join(state, "console"), home, beside, log });
  try {
    await untilAnswering(`http://127.0.0.1:${port}/`, wrangler, log);
    return wrangler;
  } catch (error) {
    wrangler.kill();
    throw error;
  }
}
