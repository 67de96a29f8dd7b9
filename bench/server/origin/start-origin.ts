import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../../../src/dev/net/listen.ts";
import { findNginx } from "./find-nginx.ts";
import { nginxConfig } from "./nginx-config.ts";

/**
 * How an origin hands a file out: `ranges`, with a strong ETag and whichever bytes are asked for, as object stores do;
 * `whole`, without either.
 */
export type Manner = "ranges" | "whole";

/** An origin of files of zeros, in a process of its own. */
export type FileOrigin = {
  /** What serves them. */
  readonly by: string;
  url(bytes: number, manner: Manner): string;
  stop(): Promise<void>;
};

const NODE_ORIGIN = join(import.meta.dirname, "node-origin.ts");
/** How long a server may take to begin, in ms, and how often it is asked meanwhile. */
const PATIENCE_MS = 10_000;
const ASK_EVERY_MS = 20;

/** nginx where the machine has it, else a small server in Node. The files take no room in `directory`. */
export async function startOrigin(directory: string, sizes: readonly number[]): Promise<FileOrigin> {
  const nginx = findNginx();
  const port = await freePort();
  const child = nginx ? await startNginx(nginx, directory, sizes, port) : startNode(port);
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  const url = (bytes: number, manner: Manner) => `http://127.0.0.1:${port}/${manner}/${bytes}`;
  await answering(url(sizes[0] ?? 0, "whole"), child);
  return {
    by: nginx ? "nginx" : "a server in Node",
    url,
    async stop() {
      kill();
      await ended;
      process.off("exit", kill);
    },
  };
}

async function startNginx(
  nginx: string,
  directory: string,
  sizes: readonly number[],
  port: number,
): Promise<ChildProcess> {
  await mkdir(join(directory, "files"));
  for (const bytes of sizes) await makeSparse(join(directory, "files", String(bytes)), bytes);
  const path = join(directory, "nginx.conf");
  await writeFile(path, nginxConfig(directory, port));
  return spawn(nginx, ["-p", directory, "-c", path, "-e", "stderr"], { stdio: ["ignore", "inherit", "inherit"] });
}

function startNode(port: number): ChildProcess {
  return spawn(process.execPath, [NODE_ORIGIN, String(port)], { stdio: ["ignore", "ignore", "inherit"] });
}

async function makeSparse(path: string, bytes: number): Promise<void> {
  const file = await open(path, "w");
  await file.truncate(bytes);
  await file.close();
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS && child.exitCode === null; waited += ASK_EVERY_MS) {
    const response = await fetch(url, { method: "HEAD" }).catch(() => null);
    if (response?.ok) return;
    await wait(ASK_EVERY_MS);
  }
  throw new Error("the origin did not start");
}
