import { writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import * as z from "zod";

const ROOT = join(import.meta.dirname, "../../..");
/** What a deployment builds the api Worker from by a command of its own. Here wrangler does it, which watches the source. */
const API_SOURCE = "src/api/worker.ts";
const CONSOLE_CONFIG = "src/console/wrangler.toml";
/** What the console is built of. */
const WATCHED = ["src/console", "src/core", "docs", "README.md"];

/** As wrangler.toml has it for the api Worker: what is built runs as it is, with the modules beside it. */
const BUILT = { no_bundle: true, rules: [{ type: "ESModule", globs: ["**/*.js"] }] };

/** What is looked at in a Worker's wrangler.toml; all the rest passes as it is. */
const RawConfig = z.looseObject({
  name: z.string(),
  main: z.string(),
  vars: z.record(z.string(), z.unknown()).default({}),
  r2_buckets: z.array(z.looseObject({ bucket_name: z.string() })).default([]),
});

/** Reads a wrangler.toml, and looks into nothing of it. */
export type ReadConfig = (path: string) => Promise<unknown>;

export type WorkerSettings = {
  /** Of both Workers. */
  readonly vars: Readonly<Record<string, string>>;
  readonly bucket: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Another source for the api Worker, or one that is built: a `.js`. */
  readonly apiMain: string | null;
  /** The same for the consumer. */
  readonly consumerMain: string | null;
  readonly readConfig?: ReadConfig;
};

/** Wrangler's own reader. Takes most of a second to load, and is needed by nothing that comes before. */
export const readWithWrangler: ReadConfig = async (config) => {
  const { experimental_readRawConfig } = await import("wrangler");
  return experimental_readRawConfig({ config }).rawConfig;
};

/** What both Workers are deployed by. */
export const WORKER_CONFIGS = { api: join(ROOT, "wrangler.toml"), consumer: join(ROOT, "src/consumer/wrangler.toml") };

/**
 * Writes the local configs of the two Workers, derived from theirs at deployment, into a directory and returns their
 * paths. `wrangler dev --env-file` and `--var` would reach the first Worker only.
 */
export async function writeWorkerConfigs(directory: string, settings: WorkerSettings): Promise<string[]> {
  const apiMain = mainOf(settings.apiMain ?? join(ROOT, API_SOURCE));
  const api = { ...(await derive(WORKER_CONFIGS.api, settings)), ...apiMain };
  const consumerMain = settings.consumerMain === null ? {} : mainOf(settings.consumerMain);
  const consumer = { ...(await derive(WORKER_CONFIGS.consumer, settings)), ...consumerMain };
  return await Promise.all(
    [api, consumer].map(async (config) => {
      const path = join(directory, `${config.name}.json`);
      await writeFile(path, JSON.stringify(config, null, 2));
      return path;
    }),
  );
}

/**
 * The same for the console, which is built by its own command: wrangler runs it again whenever a source changes. Only the
 * first Worker of a `wrangler dev` is listened for, so the console has one to itself.
 */
export async function writeConsoleConfig(directory: string, vars: Readonly<Record<string, string>>): Promise<string> {
  const config = join(ROOT, CONSOLE_CONFIG);
  const { env, build, ...raw } = RawConfig.parse(await readWithWrangler(config));
  const path = join(directory, `${raw.name}.json`);
  // Wrangler takes them from the config's directory on, even one that begins with a slash.
  const watched = WATCHED.map((place) => relative(directory, join(ROOT, place)));
  const derived = {
    ...raw,
    main: resolve(dirname(config), raw.main),
    build: { command: `"${process.execPath}" src/console/build/main.ts`, cwd: ROOT, watch_dir: watched },
    vars: { ...raw.vars, ...vars },
  };
  await writeFile(path, JSON.stringify(derived, null, 2));
  return path;
}

function mainOf(path: string) {
  const main = resolve(path);
  return { ...(main.endsWith(".js") && BUILT), main };
}

async function derive(path: string, { vars, bucket, readConfig = readWithWrangler }: WorkerSettings) {
  const { env, build, no_bundle, rules, ...raw } = RawConfig.parse(await readConfig(path));
  return {
    ...raw,
    main: resolve(dirname(path), raw.main),
    vars: { ...raw.vars, ...vars },
    r2_buckets: raw.r2_buckets.map((each) => ({ ...each, local_dev: { experimental_s3_credentials: bucket } })),
  };
}
