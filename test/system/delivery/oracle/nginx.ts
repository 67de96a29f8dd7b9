import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { it } from "vitest";
import { freePort } from "../../../../src/dev/net/listen.ts";
import { until } from "../../stack/until.ts";

/** Where systems keep it, beside where a user's shell looks. */
const DIRECTORIES = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/usr/local/sbin"];
const BINARY = DIRECTORIES.map((directory) => join(directory, "nginx")).find((file) => existsSync(file)) ?? null;

export const nginxIsHere = BINARY !== null;

/** Call it once in a test file: says what is not tested on this machine. */
export function tellWhatIsLeftOut(): void {
  if (nginxIsHere) return;
  const leftOut = "left out: the comparison with nginx, which is not here";
  it(leftOut, () => console.info(leftOut));
}

export type Nginx = {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly url: string;
  stop(): Promise<void>;
};

/** Starts nginx, as any user, over files that were all changed last at `changed`. */
export async function startNginx(files: Readonly<Record<string, Uint8Array>>, changed: Date): Promise<Nginx> {
  if (BINARY === null) throw new Error("nginx is not here");
  const prefix = await mkdtemp(join(tmpdir(), "snapbyte-nginx-"));
  const root = join(prefix, "files");
  await mkdir(root);
  for (const [name, body] of Object.entries(files)) {
    await writeFile(join(root, name), body);
    await utimes(join(root, name), changed, changed);
  }
  const port = await freePort();
  await writeFile(join(prefix, "nginx.conf"), configuration(port));
  const child = spawn(BINARY, ["-p", prefix, "-e", "errors", "-c", "nginx.conf"], { stdio: "ignore" });
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
    await rm(prefix, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await until("nginx answers", async () => (await answers(url, child)) || null);
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answers(url: string, { exitCode }: ChildProcess): Promise<boolean> {
  if (exitCode !== null) throw new Error(`nginx ended with ${exitCode}`);
  return await fetch(url).then(
    () => true,
    () => false,
  );
}

/** One process, which needs no privilege and is ended by its own id; dates count as RFC 9110 has them counted. */
function configuration(port: number): string {
  const scratch = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path scratch;`);
  return `
    daemon off;
    master_process off;
    pid pid;
    events {}
    http {
      access_log off;
      keepalive_requests 1000000;
      etag on;
      if_modified_since before;
      types { text/plain txt; }
      default_type application/octet-stream;
      ${scratch.join("\n      ")}
      server { listen 127.0.0.1:${port}; root files; }
    }
  `;
}
