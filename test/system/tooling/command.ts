import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { until } from "../stack/until.ts";

/** Of the project. */
export const ROOT = join(import.meta.dirname, "../../..");

export type Command = {
  /** Everything that it has printed so far, errors too, as a terminal would show it. */
  output(): string;
  /** Its exit code; `null` when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Waits until the output matches; rejects with the output when the command ends before that. */
  prints(pattern: RegExp): Promise<void>;
  /** Sends a signal to it and all it started in its process group, as a terminal does at Ctrl-C. */
  signal(name: NodeJS.Signals): void;
};

/** Starts this very Node on a file of the project, or of a package when `args` begins with its path. */
export function startNode(args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Command {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? ROOT,
    env: { ...quietEnvironment(), ...options.env },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  const output = () => stripVTControlCharacters(printed);
  return {
    output,
    ended,
    async prints(pattern) {
      await until(`the output matches ${pattern}`, async () => {
        if (pattern.test(output())) return true;
        if (hasEnded(child)) throw new Error(`the command ended and had printed only this:\n${output()}`);
        return null;
      });
    },
    signal(name) {
      if (child.pid !== undefined && !hasEnded(child)) process.kill(-child.pid, name);
    },
  };
}

/** The path of a package's command, to be run by {@link startNode}. */
export function binary(name: string, path: string): string {
  return join(createRequire(import.meta.url).resolve(`${name}/package.json`), "..", path);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** A user's environment, without what the test runner sets for itself and without anybody's account. */
function quietEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(VITEST|VITE_|NODE_OPTIONS|NODE_ENV|TEST$|DEV$|PROD$|SSR$|MODE$|CLOUDFLARE_|FORCE_COLOR)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), CLOUDFLARE_CF_FETCH_ENABLED: "false", NO_COLOR: "1" };
}
