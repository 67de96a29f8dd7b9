import { createRequire } from "node:module";
import { join } from "node:path";
import { type Leashed, startOnLeash } from "../process/on-leash.ts";

const WRANGLER = join(createRequire(import.meta.url).resolve("wrangler/package.json"), "../bin/wrangler.js");

export type WranglerOptions = {
  readonly configs: readonly string[];
  readonly port: number;
  /** Where KV, R2 and the others keep what they hold. */
  readonly persistTo: string;
  /** Where wrangler keeps its own files. */
  readonly home: string;
  /** The home of another wrangler whose Workers these may call; itself by default. */
  readonly beside?: string;
  readonly log: string;
};

/** Starts `wrangler dev`, and workerd with it. */
export function startWrangler({ configs, port, persistTo, home, beside = home, log }: WranglerOptions): Leashed {
  const args = [
    ...[WRANGLER, "dev", "--ip", "127.0.0.1", "--port", String(port), "--persist-to", persistTo],
    ...["--inspector-port", "0", "--show-interactive-dev-session=false"],
    ...configs.flatMap((config) => ["-c", config]),
  ];
  return startOnLeash(args, { cwd: home, env: environment(beside), port, log });
}

function environment(beside: string): NodeJS.ProcessEnv {
  const { CLOUDFLARE_ENV: _, ...inherited } = process.env;
  return {
    ...inherited,
    CI: "1",
    NO_COLOR: "1",
    WRANGLER_SEND_METRICS: "false",
    // No look for a newer version: the stack asks nothing of the net.
    WRANGLER_HIDE_BANNER: "true",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    // Its store of traces keeps the URL of every request in clear, and with it every signature.
    X_LOCAL_OBSERVABILITY: "false",
    CLOUDFLARE_LOAD_DEV_VARS_FROM_DOT_ENV: "false",
    // Otherwise shared by all of the machine: two stacks would find each other's Workers by name.
    WRANGLER_REGISTRY_PATH: join(beside, "registry"),
    WRANGLER_WRITE_LOGS: "false",
  };
}
