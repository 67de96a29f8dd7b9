import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "../..");
const WRANGLER = join(createRequire(import.meta.url).resolve("wrangler/package.json"), "../bin/wrangler.js");

export type Compatibility = { readonly compatibilityDate: string; readonly compatibilityFlags: readonly string[] };

export type BuiltWorker = Compatibility & {
  /** The entry; the modules beside it are its own. */
  readonly path: string;
};

/** Builds the api Worker into a directory, as a deployment does. Nothing is sent anywhere. */
export async function buildApi(directory: string): Promise<BuiltWorker> {
  const args = [WRANGLER, "deploy", "--dry-run", "--outdir", directory, "--env", "production"];
  const env = {
    ...process.env,
    CI: "1",
    WRANGLER_SEND_METRICS: "false",
    WRANGLER_HIDE_BANNER: "true",
    WRANGLER_WRITE_LOGS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
  };
  await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  return { path: join(directory, "worker.js"), ...(await compatibility("wrangler.toml")) };
}

/** What of workerd's behaviour a wrangler.toml, by its path in the project, asks for. */
export async function compatibility(path: string): Promise<Compatibility> {
  const toml = await readFile(join(ROOT, path), "utf8");
  const flags = setting(toml, "compatibility_flags", /\[(.*)\]/).matchAll(/"([^"]+)"/g);
  return {
    compatibilityDate: setting(toml, "compatibility_date", /"(.*)"/),
    compatibilityFlags: [...flags].map(([, flag = ""]) => flag),
  };
}

function setting(toml: string, name: string, value: RegExp): string {
  const found = new RegExp(`^${name} = ${value.source}$`, "m").exec(toml)?.[1];
  if (found === undefined) throw new Error(`a wrangler.toml says no ${name}`);
  return found;
}
