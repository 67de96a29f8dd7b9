import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { oneProcess } from "../server/origin/nginx-config.ts";
import { runNginx } from "../server/origin/run-nginx.ts";
import type { Peer } from "./start-peer.ts";

/** Of what a redirect costs nothing is left out here but finding out where to, and of a file nothing but its bytes. */
const serving = (directory: string) => `    root "${directory}";
    absolute_redirect off;
    location = /constant {
      add_header Cache-Control no-store;
      return 302 /elsewhere;
    }`;

/** nginx that redirects everybody to the same place, and serves an empty file; `null`: this machine has none. */
export async function startNginx(): Promise<Peer | null> {
  return await runPeer((directory, port) => oneProcess(directory, port, serving(directory)));
}

/** nginx with a config, in a folder of its own, in which an empty file `static` must be served; `null` as above. */
export async function runPeer(config: (directory: string, port: number) => string): Promise<Peer | null> {
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-"));
  const remove = () => rm(directory, { recursive: true, force: true });
  await writeFile(join(directory, "static"), "");
  const nginx = await runNginx(directory, (port) => config(directory, port), "static");
  if (!nginx) {
    await remove();
    return null;
  }
  const stop = async () => {
    await nginx.stop();
    await remove();
  };
  return { ...nginx, stop };
}
