import { type ChildProcess, spawn } from "node:child_process";
import { openSync } from "node:fs";
import { join } from "node:path";
import { untilFree } from "../net/listen.ts";

const LEASH = join(import.meta.dirname, "leash.ts");
/** How long a process may take to leave on its own. */
const GRACE_MS = 2_000;

export type LeashOptions = {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** The port of 127.0.0.1 that it listens on. */
  readonly port: number;
  /** Path of a file, which starts anew: all that the process prints. */
  readonly log: string;
};

export type Leashed = {
  /** Settles when the process has ended, whoever ended it, and its port can be listened on again. */
  readonly ended: Promise<void>;
  /** Ends it, and all that it has started. */
  stop(): Promise<void>;
  /** SIGKILL to all of it, at once. */
  kill(): void;
};

/** Starts Node with these arguments, in a process group of its own that ends with us, however we end. */
export function startOnLeash(args: readonly string[], { cwd, env, port, log }: LeashOptions): Leashed {
  const output = openSync(log, "w");
  const child = spawn(process.execPath, [LEASH, process.execPath, ...args], {
    cwd,
    detached: true,
    env,
    stdio: ["pipe", output, output],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ended = exited.then(() => untilFree(port));
  return {
    ended,
    async stop() {
      signalGroup(child, "SIGTERM");
      const timer = setTimeout(() => signalGroup(child, "SIGKILL"), GRACE_MS);
      await exited;
      clearTimeout(timer);
      await ended;
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
