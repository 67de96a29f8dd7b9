import { resolve } from "node:path";
import { describeStack } from "./describe-stack.ts";
import { freePort } from "./net/listen.ts";
import type { DevOptions } from "./options.ts";
import { startOrigin } from "./origin/start-origin.ts";
import { demoOriginRule } from "./seed/demo-origin-rule.ts";
import { localDatabase, startDatabase } from "./seed/start-database.ts";
import { type DevFile, removeDevFile, writeDevFile } from "./state/dev-file.ts";
import { choosePorts, requireFree } from "./state/ports.ts";
import { loadSecrets } from "./state/secrets.ts";
import { makeStateDirectory, wipeStateDirectory } from "./state/state-directory.ts";
import { startConsole } from "./workers/start-console.ts";
import { startWorkers } from "./workers/start-workers.ts";
import type { ReadConfig } from "./workers/worker-configs.ts";

export type StackOptions = Partial<DevOptions> & {
  readonly state: string;
  /** 0: any free one. */
  readonly port: number;
  /** Another entry file for the api Worker: a test wraps it to inject faults, or brings one that is built (a `.js`). */
  readonly apiMain?: string;
  /** The same for the consumer. */
  readonly consumerMain?: string;
  /** How the wrangler.toml of both is read; by wrangler as a rule. */
  readonly readConfig?: ReadConfig;
  /** More variables of both Workers, over those that the stack sets. */
  readonly vars?: Readonly<Record<string, string>>;
  /** More variables of the console. */
  readonly consoleVars?: Readonly<Record<string, string>>;
};

export type Stack = DevFile & {
  /** Settles when the Workers have ended, whoever ended them. */
  readonly workersEnded: Promise<void>;
  /** Ends all that was started. */
  stop(): Promise<void>;
  /** SIGKILL to the Workers alone, as in a crash. */
  kill(): void;
};

type Stoppable = { stop(): Promise<void> };

/** Starts Postgres, the demo origin and the Workers; rejects with none of them running. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const state = resolve(options.state);
  const port = options.port || (await freePort());
  await requireFree(port, "--port");
  if (options.fresh) await wipeStateDirectory(state);
  await makeStateDirectory(state);
  const consolePort = options.consolePort ?? null;
  if (consolePort !== null) await requireFree(consolePort, "--console-port");
  const ports = await choosePorts(state, options.originPort ?? null, options.databasePort ?? null);
  await removeDevFile(state);
  const secrets = await loadSecrets(state);

  const running: Stoppable[] = [];
  const keep = <T extends Stoppable>(started: T): T => {
    running.push(started);
    return started;
  };
  const stop = async () => {
    await removeDevFile(state);
    await Promise.all(running.splice(0).map((each) => each.stop()));
  };
  const database = localDatabase(ports.database);
  const rules = { originRule: demoOriginRule(ports.origin), moreRules: options.originRules ?? [] };

  // Side by side, since each waits for a process of its own; the Workers last, so that they never see half a seed.
  const startingOrigin = startOrigin({ state, port: ports.origin, keys: secrets.origin }).then(keep);
  const startingWorkers = startDatabase(state, ports.database, { apiKeys: secrets.apiKeys, ...rules })
    .then(keep)
    .then(() =>
      startWorkers({
        ...{ state, port, database, secrets },
        vars: options.vars ?? {},
        apiMain: options.apiMain ?? null,
        consumerMain: options.consumerMain ?? null,
        readConfig: options.readConfig,
      }),
    )
    .then(keep);
  const startingConsole =
    consolePort === null
      ? null
      : startConsole({
          ...{ state, port: consolePort, apiPort: port, database, secrets },
          vars: options.consoleVars ?? {},
        }).then(keep);
  await Promise.allSettled([startingOrigin, startingWorkers, startingConsole]);
  try {
    const [origin, workers] = await Promise.all([startingOrigin, startingWorkers, startingConsole]);
    const file = await describeStack({ port, consolePort, database, secrets, origin });
    await writeDevFile(state, file);
    return { ...file, workersEnded: workers.ended, stop, kill: workers.kill };
  } catch (error) {
    await stop();
    throw error;
  }
}
