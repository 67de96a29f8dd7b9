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
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-"));
  const remove = () => rm(directory, { recursive: true, force: true });
  await writeFile(join(directory, "static"), "");
  const nginx = await runNginx(directory, (port) => oneProcess(directory, port, serving(directory)), "static");
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
