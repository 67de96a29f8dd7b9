import { existsSync, rmSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "../world/world.ts";
import type { BuiltWorkers } from "./build-workers.ts";
import { type Operations, readOperations } from "./operations.ts";
import { startWorkerd } from "./start-workerd.ts";
import { type SocketName, socketsOf, workerdConfig } from "./workerd-config.ts";

/** Files that rest in memory, where Linux has them. */
const MEMORY = "/dev/shm";

export type Server = {
  readonly pid: number;
  port(socket: SocketName): number;
  /** What the platform was asked for since the start. */
  operations(): Promise<Operations>;
  /** From now on Postgres takes this long, in ms. */
  slowPostgres(ms: number): Promise<void>;
  stop(): Promise<void>;
};

/** Runs the Workers in raw workerd, with a world that they find in KV. */
export async function startServer(workers: BuiltWorkers, { vars, kv, held, googleKeys }: World): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-"));
  const disk = await mkdtemp(join(existsSync(MEMORY) ? MEMORY : tmpdir(), "snapbyte-bench-"));
  // Nobody else would ever clear away what rests in memory.
  const removeDisk = () => rmSync(disk, { recursive: true, force: true });
  process.once("exit", removeDisk);
  const write = async (name: string, content: unknown) => {
    await writeFile(join(directory, name), typeof content === "string" ? content : JSON.stringify(content));
    return join(directory, name);
  };
  try {
    const paths = {
      kv: await write("kv.json", kv),
      held: await write("held.json", held),
      googleKeys: await write("google-keys.json", googleKeys),
      disk,
    };
    const config = await write("config.capnp", workerdConfig({ ...workers, vars, ...paths }));
    const { pid, ports, stop: stopWorkerd } = await startWorkerd(config, socketsOf(workers).length);
    const port = (socket: SocketName) => ports.get(socket) ?? 0;
    const slowPostgres = async (ms: number) => {
      await fetch(`http://127.0.0.1:${port("outside")}/?postgres_ms=${ms}`);
    };
    const stop = async () => {
      await stopWorkerd();
      removeDisk();
      process.off("exit", removeDisk);
    };
    return { pid, port, operations: () => readOperations(port), slowPostgres, stop };
  } finally {
    // Workerd has read all of it by now.
    await rm(directory, { recursive: true, force: true });
  }
}
