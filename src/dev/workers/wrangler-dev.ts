import { type ChildProcess, spawn } from "node:child_process";
import { openSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const WRANGLER = join(createRequire(import.meta.url).resolve("wrangler/package.json"), "../bin/wrangler.js");
const LEASH = join(import.meta.dirname, "leash.ts");
/** How long wrangler may take to leave on its own. */
const GRACE_MS = 2_000;

export type WranglerOptions = {
  readonly configs: readonly string[];
  readonly port: number;
  /** Where KV, R2 and the others keep what they hold. */
  readonly persistTo: string;
  /** Where wrangler keeps its own files. */
  readonly home: string;
  readonly log: string;
};

export type Wrangler = {
  /** Settles when the process has ended, whoever ended it. */
  readonly ended: Promise<void>;
  /** Ends it, and workerd with it. */
  stop(): Promise<void>;
  /** SIGKILL to all of it, at once. */
  kill(): void;
};

/** Starts `wrangler dev` in a process group of its own; its output goes to the log, which starts anew. */
export function startWrangler({ configs, port, persistTo, home, log }: WranglerOptions): Wrangler {
  const args = [
    ...[WRANGLER, "dev", "--ip", "127.0.0.1", "--port", String(port), "--persist-to", persistTo],
    ...["--inspector-port", "0", "--show-interactive-dev-session=false"],
    ...configs.flatMap((config) => ["-c", config]),
  ];
  const output = openSync(log, "w");
  const child = spawn(process.execPath, [LEASH, process.execPath, ...args], {
    cwd: home,
    detached: true,
    env: environment(home),
    stdio: ["pipe", output, output],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    ended,
    async stop() {
      signalGroup(child, "SIGTERM");
      const timer = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS);
      await ended;
      clearTimeout(timer);
    },
    kill: () => signalGroup(child, "SIGKILL"),
  };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Gone already, and Node has not noticed yet.
  }
}

function environment(home: string): NodeJS.ProcessEnv {
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
    WRANGLER_REGISTRY_PATH: join(home, "registry"),
    WRANGLER_WRITE_LOGS: "false",
  };
}
