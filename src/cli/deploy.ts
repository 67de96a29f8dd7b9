import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parseArgs } from "node:util";

const ENVIRONMENTS = ["staging", "production"];
const ROOT = join(import.meta.dirname, "../..");
const USAGE = "Usage: npm run deploy -- staging|production [--dry-run]";
const WRANGLER = join(createRequire(import.meta.url).resolve("wrangler/package.json"), "../bin/wrangler.js");

type Step = { readonly name: string; readonly command: readonly string[] };

/**
 * What a deployment runs, in order: the consumer first, since the api binds to its Durable Object, and the console last,
 * since it asks the api.
 */
export function deploySteps(environment: string, dryRun: boolean): readonly Step[] {
  const deploy = (config: string): Step => {
    const command = [process.execPath, WRANGLER, "deploy", "-c", config, "--env", environment];
    return { name: `wrangler deploy -c ${config}`, command: dryRun ? [...command, "--dry-run"] : command };
  };
  const migrations: Step = { name: "migrations", command: [process.execPath, "src/cli/migrate.ts"] };
  return [
    { name: "npm test", command: ["npm", "test"] },
    ...(dryRun ? [] : [migrations]),
    deploy("src/consumer/wrangler.toml"),
    deploy("wrangler.toml"),
    deploy("src/console/wrangler.toml"),
  ];
}

function main(args: string[]): number {
  const options = { "dry-run": { type: "boolean", default: false } } as const;
  let parsed: { values: { "dry-run": boolean }; positionals: string[] };
  try {
    parsed = parseArgs({ args, allowPositionals: true, options });
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n${USAGE}`);
    return 1;
  }
  const [environment = "", ...rest] = parsed.positionals;
  const dryRun = parsed.values["dry-run"];
  if (!ENVIRONMENTS.includes(environment) || rest.length > 0) {
    console.error(USAGE);
    return 1;
  }
  // Known before the tests have run for a minute.
  if (!dryRun && !process.env.DATABASE_URL) {
    console.error(`DATABASE_URL is not set: it names the database of ${environment}.`);
    return 1;
  }
  // A leftover of local development would send the migrations there.
  const { NEON_ENDPOINT: _, ...env } = process.env;
  for (const { name, command } of deploySteps(environment, dryRun)) {
    console.log(`\n> ${name}`);
    const [program = "", ...stepArgs] = command;
    const { status, error } = spawnSync(program, stepArgs, { cwd: ROOT, env, stdio: "inherit" });
    if (status !== 0) {
      console.error(`\nStopped: ${name} failed${error ? ` (${error.message})` : ""}.`);
      return 1;
    }
  }
  return 0;
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));
