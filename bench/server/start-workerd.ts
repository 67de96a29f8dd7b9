import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { owned } from "./owned.ts";

const { default: WORKERD, version } = createRequire(createRequire(import.meta.url).resolve("wrangler"))("workerd");

/** The version of workerd that wrangler runs. */
export const WORKERD_VERSION: string = version;

export type Workerd = {
  readonly pid: number;
  /** The port of each socket. */
  readonly ports: ReadonlyMap<string, number>;
  stop(): Promise<void>;
};

/** Runs a config of so many sockets; what its Workers log goes to standard error. It ends with this process at the latest. */
export async function startWorkerd(config: string, sockets: number): Promise<Workerd> {
  // The config names files by their whole paths, which workerd takes for paths below a place to import from.
  const args = ["serve", config, "config", "--import-path=/", "--experimental", "--control-fd=3"];
  const child = spawn(WORKERD, args, { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  const { pid, ended, stop } = owned(child);
  const ports = await Promise.race([listening(child.stdio[3] as Readable, sockets), ended]);
  if (ports?.size !== sockets || child.pid === undefined) throw new Error("workerd did not start");
  return { pid, ports, stop };
}

/** Workerd tells of every port on its control pipe, a JSON object a line. */
async function listening(control: Readable, sockets: number): Promise<Map<string, number>> {
  const ports = new Map<string, number>();
  for await (const line of createInterface({ input: control })) {
    const { event, socket, port } = JSON.parse(line) as { event: string; socket: string; port: number };
    if (event === "listen") ports.set(socket, port);
    if (ports.size === sockets) break;
  }
  return ports;
}
