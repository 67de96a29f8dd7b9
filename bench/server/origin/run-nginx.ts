import { type ChildProcess, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../../../src/dev/net/listen.ts";
import { owned } from "../owned.ts";
import { findNginx } from "./find-nginx.ts";

/** One process of nginx. */
export type Nginx = { readonly pid: number; readonly port: number; stop(): Promise<void> };

/** How long nginx may take to begin, in ms, and how often it is asked meanwhile. */
const PATIENCE_MS = 10_000;
const ASK_EVERY_MS = 20;

/**
 * Runs nginx with a config, which it and what else it keeps lie in `directory`, until `file` is answered for; `null` where
 * the machine has none.
 */
export async function runNginx(
  directory: string,
  config: (port: number) => string,
  file: string,
): Promise<Nginx | null> {
  const nginx = findNginx();
  if (nginx === undefined) return null;
  const port = await freePort();
  const path = join(directory, "nginx.conf");
  await writeFile(path, config(port));
  const child = spawn(nginx, ["-p", directory, "-c", path, "-e", "stderr"], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const { pid, stop } = owned(child);
  await answering(`http://127.0.0.1:${port}/${file}`, child);
  return { pid, port, stop };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (let waited = 0; waited < PATIENCE_MS && child.exitCode === null; waited += ASK_EVERY_MS) {
    const response = await fetch(url, { method: "HEAD" }).catch(() => null);
    if (response?.ok) return;
    await wait(ASK_EVERY_MS);
  }
  throw new Error("nginx did not start");
}
