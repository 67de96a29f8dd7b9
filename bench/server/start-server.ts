import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { World } from "../world/world.ts";
import { buildApi } from "./build-api.ts";
import { startWorkerd } from "./start-workerd.ts";
import { SOCKETS, type SocketName, workerdConfig } from "./workerd-config.ts";

export type Server = {
  readonly pid: number;
  port(socket: SocketName): number;
  /** Method and host of whatever was asked that no hit may ask: origins, the store, the queue. */
  asked(): Promise<readonly string[]>;
  stop(): Promise<void>;
};

/** Builds the api Worker and runs it in raw workerd, with a world that it finds in KV. */
export async function startServer({ vars, kv, googleKeys }: World): Promise<Server> {
  const directory = await mkdtemp(join(tmpdir(), "snapbyte-bench-"));
  const write = async (name: string, content: string) => {
    await writeFile(join(directory, name), content);
    return join(directory, name);
  };
  try {
    const api = await buildApi(directory);
    const settings = {
      vars,
      kv: await write("kv.json", JSON.stringify(kv)),
      googleKeys: await write("google-keys.json", JSON.stringify(googleKeys)),
    };
    const config = await write("config.capnp", workerdConfig(api, settings));
    const { pid, ports, stop } = await startWorkerd(config, SOCKETS.length);
    const port = (socket: SocketName) => ports.get(socket) ?? 0;
    return {
      pid,
      port,
      asked: () => askedOf(port("outside")),
      stop,
    };
  } finally {
    // Workerd has read all of it by now.
    await rm(directory, { recursive: true, force: true });
  }
}

async function askedOf(port: number): Promise<readonly string[]> {
  const response = await fetch(`http://127.0.0.1:${port}/asked`);
  return (await response.json()) as string[];
}
