import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../../../src/dev/net/listen.ts";
import { findNginx } from "./find-nginx.ts";
import { filesConfig } from "./nginx-config.ts";

/** nginx that serves a folder's files. */
export type FileServer = { readonly pid: number; readonly port: number; stop(): Promise<void> };

/** How long nginx may take to begin, in ms, and how often it is asked meanwhile. */
const PATIENCE_MS = 10_000;
const ASK_EVERY_MS = 20;

/**
 * Starts one process of nginx for the files of `folder`, one of which is `file`; `null` where the machine has no nginx.
 * `directory` is for what it keeps of its own.
 */
export async function startFiles(directory: string, folder: string, file: string): Promise<FileServer | null> {
  const nginx = findNginx();
  if (nginx === undefined) return null;
  const port = await freePort();
  const path = join(directory, "files.conf");
  await writeFile(path, filesConfig(directory, folder, port));
  const child = spawn(nginx, ["-p", directory, "-c", path, "-e", "stderr"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  await answering(`http://127.0.0.1:${port}/${file}`, child);
  return {
    pid: child.pid ?? 0,
    port,
    async stop() {
      kill();
      await ended;
      process.off("exit", kill);
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS && child.exitCode === null; waited += ASK_EVERY_MS) {
    const response = await fetch(url, { method: "HEAD" }).catch(() => null);
    if (response?.ok) return;
    await wait(ASK_EVERY_MS);
  }
  throw new Error("nginx did not start");
}
